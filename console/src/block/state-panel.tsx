import { useState, type ReactElement } from 'react';
import type { BlockId } from '../../../contracts/block.js';
import { useCollections, usePageOfState } from '../api/block-queries.js';
import { useI18n } from '../i18n/i18n.js';
import { Loading } from '../ui/loading.js';
import { ProblemNote } from '../ui/problem-note.js';
import { StateDocumentView } from './state-document.js';

/** What the block keeps: collection by collection, to look into and to change. */
export function StatePanel({ block }: { readonly block: BlockId }): ReactElement {
  const { t } = useI18n();
  const collections = useCollections(block);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [text, setText] = useState('');
  const shown = chosen ?? collections.data?.find(({ documents }) => documents > 0)?.name;
  return (
    <section className="card panel-wide" aria-labelledby="state-title">
      <h2 id="state-title" className="task-title">
        {t('state.title')}
      </h2>
      <p className="quiet">{t('state.hint')}</p>
      {collections.isError ? (
        <ProblemNote error={collections.error} again={() => void collections.refetch()} />
      ) : null}
      <div className="filters">
        <label>
          {t('state.collection')}
          <select value={shown ?? ''} onChange={({ target }) => setChosen(target.value)}>
            {collections.data?.map(({ name, documents }) => (
              <option key={name} value={name}>
                {t('state.counted', { name, n: documents })}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('state.search')}
          <input type="search" value={text} onChange={({ target }) => setText(target.value)} />
        </label>
      </div>
      {shown === undefined ? null : <Documents block={block} collection={shown} text={text.trim()} />}
    </section>
  );
}

function Documents({
  block,
  collection,
  text,
}: {
  readonly block: BlockId;
  readonly collection: string;
  readonly text: string;
}): ReactElement {
  const { t } = useI18n();
  const page = usePageOfState(block, collection, text);
  if (page.isPending) return <Loading />;
  if (page.isError) return <ProblemNote error={page.error} again={() => void page.refetch()} />;
  if (page.data.documents.length === 0) return <p className="quiet">{t('state.none')}</p>;
  return (
    <>
      <ul className="plain-list">
        {page.data.documents.map(({ _id }) => (
          <StateDocumentView key={_id} block={block} collection={collection} id={_id} />
        ))}
      </ul>
      {page.data.next === undefined ? null : <p className="quiet">{t('state.more')}</p>}
    </>
  );
}

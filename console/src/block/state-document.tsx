import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactElement } from 'react';
import type { BlockId } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import { blockPath, useBlockChange } from '../api/block-queries.js';
import { useApi } from '../api/queries.js';
import { JsonView } from '../case/json-view.js';
import { useI18n } from '../i18n/i18n.js';
import { isJsonObject, objectIn } from '../model/json.js';
import { Loading } from '../ui/loading.js';
import { ProblemNote } from '../ui/problem-note.js';

interface Place {
  readonly block: BlockId;
  readonly collection: string;
  readonly id: string;
}

/** One document: closed until it is asked for, then with its content, and an editor on that very version. */
export function StateDocumentView(place: Place): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <details className="state-document" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <code dir="ltr">{place.id}</code>
        </summary>
        {open ? <Content {...place} /> : null}
      </details>
    </li>
  );
}

function Content({ block, collection, id }: Place): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const [editing, setEditing] = useState(false);
  const path = `/state/${encodeURIComponent(collection)}/${encodeURIComponent(id)}`;
  const document = useQuery({
    queryKey: ['block', block, 'state', collection, id],
    queryFn: () => api.read(`${blockPath(block)}${path}`),
  });
  const remove = useBlockChange(block, (to, root, match: string | undefined) =>
    to.delete(`${root}${path}`, { match }),
  );
  if (document.isPending) return <Loading />;
  if (document.isError) return <ProblemNote error={document.error} again={() => void document.refetch()} />;
  const { value: found, etag } = document.data;
  const value = isJsonObject(found) ? found : {};
  if (editing) {
    return <Editor block={block} path={path} value={value} etag={etag} done={() => setEditing(false)} />;
  }
  return (
    <>
      <JsonView value={value} />
      <p className="buttons">
        <button type="button" className="button" onClick={() => setEditing(true)}>
          {t('state.edit')}
        </button>
        <button
          type="button"
          className="button"
          disabled={remove.isPending}
          onClick={() => remove.mutate(etag)}
        >
          {t('state.remove')}
        </button>
      </p>
      {remove.isError ? <ProblemNote error={remove.error} /> : null}
    </>
  );
}

function Editor({
  block,
  path,
  value,
  etag,
  done,
}: {
  readonly block: BlockId;
  readonly path: string;
  readonly value: JsonObject;
  readonly etag: string | undefined;
  readonly done: () => void;
}): ReactElement {
  const { t } = useI18n();
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [wrong, setWrong] = useState(false);
  const save = useBlockChange(block, (api, root, document: JsonObject) =>
    api.put(`${root}${path}`, document, { match: etag }),
  );
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const document = objectIn(text);
    setWrong(document === undefined);
    if (document !== undefined) save.mutate(document, { onSuccess: done });
  };
  return (
    <form className="panel-form" onSubmit={send}>
      <label className="panel-field">
        {t('state.json')}
        <textarea
          className="state-editor"
          dir="ltr"
          rows={Math.min(24, text.split('\n').length + 1)}
          spellCheck={false}
          value={text}
          aria-invalid={wrong}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      {wrong ? (
        <p role="alert" className="trouble-mark">
          {t('state.notJson')}
        </p>
      ) : null}
      {save.isError ? <ProblemNote error={save.error} /> : null}
      <p className="buttons">
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {t('state.save')}
        </button>
        <button type="button" className="button" onClick={done}>
          {t('state.cancel')}
        </button>
      </p>
    </form>
  );
}

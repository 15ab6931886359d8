import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { BlockId } from '../../../contracts/block.js';
import { useBlocks, useFaults, type BlockSummary } from '../api/block-queries.js';
import { useCatalogue } from '../catalogue/use-catalogue.js';
import { useI18n } from '../i18n/i18n.js';
import { blocksOfAll } from '../model/catalogue.js';
import { BlockChip } from '../ui/block-chip.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { WithTerms } from '../ui/with-terms.js';

/** Banks and the mobile operator: the mediator connects them, but GovStack knows no such building block. */
const beside: BlockId = 'financial-institution';

/** The building blocks of the workspace: what stands behind each, and which are broken on purpose. */
export function BlocksPage(): ReactElement {
  const { t } = useI18n();
  const blocks = useBlocks();
  const building = blocks.data?.filter(({ id }) => id !== beside) ?? [];
  const others = blocks.data?.filter(({ id }) => id === beside) ?? [];
  return (
    <Page title={t('blocks.title')} wide>
      <h1>{t('blocks.title')}</h1>
      <p className="lead">
        <WithTerms text={t('blocks.lead')} />
      </p>
      {blocks.isPending ? <Loading /> : null}
      {blocks.isError ? <ProblemNote error={blocks.error} again={() => void blocks.refetch()} /> : null}
      {building.length === 0 ? null : <HowMany building={building} />}
      <ul className="block-grid">
        {building.map((block) => (
          <BlockCard key={block.id} block={block} />
        ))}
      </ul>
      {others.length === 0 ? null : (
        <section aria-labelledby="beside">
          <h2 id="beside">{t('blocks.beside')}</h2>
          <p className="quiet">{t('blocks.besideHint')}</p>
          <ul className="block-grid">
            {others.map((block) => (
              <BlockCard key={block.id} block={block} />
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

/** How many building blocks run here, and how many more the catalogue names. */
function HowMany({ building }: { readonly building: readonly BlockSummary[] }): ReactElement {
  const { t } = useI18n();
  const { entries } = useCatalogue();
  const here = new Set<string>(building.map(({ id }) => id));
  const more = blocksOfAll(entries ?? []).filter((block) => !here.has(block)).length;
  return (
    <p>
      {t('blocks.here', { n: here.size })} {more === 0 ? null : t('blocks.more', { n: more })}
    </p>
  );
}

function BlockCard({ block }: { readonly block: BlockSummary }): ReactElement {
  const { t } = useI18n();
  const { data: faults } = useFaults(block.id);
  return (
    <li className="card block-card">
      <h2 className="task-title">
        <Link to={`/building-blocks/${block.id}`}>
          <BlockChip block={block.id} />
        </Link>
      </h2>
      <p>{t(`blockStory.${block.id}`)}</p>
      <p className="quiet">{t('blocks.operations', { n: block.operations })}</p>
      <p className="block-facts">
        <span className={block.binding === 'mock' ? 'badge' : 'badge badge-open'}>
          {block.binding === 'mock' ? t('binding.mock') : <bdi>{block.binding}</bdi>}
        </span>
        {faults === undefined || faults.length === 0 ? null : (
          <span className="badge badge-trouble">{t('blocks.faults', { n: faults.length })}</span>
        )}
      </p>
    </li>
  );
}

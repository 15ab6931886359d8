import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { useBlocks, useFaults, type BlockSummary } from '../api/block-queries.js';
import { useI18n } from '../i18n/i18n.js';
import { BlockChip } from '../ui/block-chip.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { WithTerms } from '../ui/with-terms.js';

/** The building blocks of the workspace: what stands behind each, and which are broken on purpose. */
export function BlocksPage(): ReactElement {
  const { t } = useI18n();
  const blocks = useBlocks();
  return (
    <Page title={t('blocks.title')} wide>
      <h1>{t('blocks.title')}</h1>
      <p className="lead">
        <WithTerms text={t('blocks.lead')} />
      </p>
      {blocks.isPending ? <Loading /> : null}
      {blocks.isError ? <ProblemNote error={blocks.error} again={() => void blocks.refetch()} /> : null}
      <ul className="block-grid">
        {blocks.data?.map((block) => (
          <BlockCard key={block.id} block={block} />
        ))}
      </ul>
    </Page>
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

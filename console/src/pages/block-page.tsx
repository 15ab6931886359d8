import type { ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import { useBlocks } from '../api/block-queries.js';
import { BindingPanel } from '../block/binding-panel.js';
import { FaultPanel } from '../block/fault-panel.js';
import { MagicPanel } from '../block/magic-panel.js';
import { RequestsPanel } from '../block/requests-panel.js';
import { StatePanel } from '../block/state-panel.js';
import { useI18n } from '../i18n/i18n.js';
import { inWorkspace } from '../model/place.js';
import { BlockChip } from '../ui/block-chip.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { WithTerms } from '../ui/with-terms.js';
import { NotFoundPage } from './not-found-page.js';

/** One building block: what it was asked, what it keeps, what stands behind it, and how to break it. */
export function BlockPage(): ReactElement {
  const { t } = useI18n();
  const { id } = useParams();
  const blocks = useBlocks();
  const block = blocks.data?.find((one) => one.id === id);
  if (blocks.isPending) return <Loading />;
  if (blocks.isError) {
    return (
      <Page title={t('blocks.title')}>
        <ProblemNote error={blocks.error} again={() => void blocks.refetch()} />
      </Page>
    );
  }
  if (block === undefined) return <NotFoundPage />;
  return (
    <Page title={t(`block.${block.id}`)} wide>
      <p>
        <Link className="quiet-link" to="/building-blocks">
          {t('blocks.all')}
        </Link>
      </p>
      <h1>
        <BlockChip block={block.id} />
      </h1>
      <p className="lead">
        <WithTerms text={t(`blockStory.${block.id}`)} />
      </p>
      <p className="buttons">
        <a className="button" href={inWorkspace(`/blocks/${block.id}/docs/`)}>
          {t('blocks.apiDocs')}
        </a>
        <a className="button" href={inWorkspace(`/blocks/${block.id}/rules`)}>
          {t('blocks.rules')}
        </a>
      </p>
      <div className="block-panels">
        <BindingPanel key={`binding ${block.id}`} block={block.id} />
        <FaultPanel key={`faults ${block.id}`} block={block.id} />
        <RequestsPanel key={`requests ${block.id}`} block={block.id} />
        <MagicPanel key={`magic ${block.id}`} block={block.id} />
        <StatePanel key={`state ${block.id}`} block={block.id} />
      </div>
    </Page>
  );
}

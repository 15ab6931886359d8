import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { PublishedUseCases } from '../../../contracts/published-use-case.js';
import { useI18n } from '../i18n/i18n.js';
import { blocksOf, publishedSaid, type CatalogueEntry } from '../model/catalogue.js';
import { Said } from '../ui/said.js';
import { blockName } from './any-block.js';
import { useEntryTexts } from './use-catalogue.js';

export interface EntryProps {
  readonly entry: CatalogueEntry;
  readonly published: PublishedUseCases;
}

/** One use case in the catalogue: what it does for people, for which goal, and with which building blocks. */
export function EntryCard({
  entry,
  published,
  blocksInAll,
}: EntryProps & { readonly blocksInAll: number }): ReactElement {
  const { t, list, language } = useI18n();
  const texts = useEntryTexts(entry, published);
  const blocks = blocksOf(entry);
  const running = entry.running !== undefined;
  return (
    <li className={running ? 'card entry-card entry-runs' : 'card entry-card'}>
      <p className="entry-head">
        <RunsBadge running={running} />
        <span className="quiet">
          {entry.sector === 'other' ? (
            t('catalogue.otherSector')
          ) : (
            <Said said={publishedSaid(published.sectors[entry.sector], language)} />
          )}
        </span>
      </p>
      <h3>
        <Link to={`/use-cases/${entry.key}`}>
          <Said said={texts.title} />
        </Link>
      </h3>
      <p>
        <Said said={texts.summary} />
      </p>
      <p className="quiet entry-goals">
        {list(
          entry.goals.map(
            (goal) =>
              `${t('catalogue.goalNumber', { n: goal })}: ${publishedSaid(published.goals[String(goal)], language).text}`,
          ),
        )}
      </p>
      <p className="entry-blocks">
        {blocks.map((block) => (
          <span
            key={block}
            className={`block block-${block}`}
            title={blockName(block, published, { t, language })}
          >
            <span className="block-dot" aria-hidden="true" />
          </span>
        ))}
        <span className="quiet">
          {t('catalogue.blocksUsed', { n: blocks.length, all: blocksInAll })} ·{' '}
          {t('catalogue.stepsCount', { n: entry.steps.length })}
        </span>
      </p>
    </li>
  );
}

export function RunsBadge({ running }: { readonly running: boolean }): ReactElement {
  const { t } = useI18n();
  return running ? (
    <span className="badge badge-closed">{t('catalogue.runs')}</span>
  ) : (
    <span className="badge badge-specified">{t('catalogue.specified')}</span>
  );
}

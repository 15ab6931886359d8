import { useMemo, type ReactElement } from 'react';
import { Link } from 'react-router';
import type { PublishedUseCases } from '../../../contracts/published-use-case.js';
import { useI18n } from '../i18n/i18n.js';
import { reuseOf, type CatalogueEntry, type ReuseRow } from '../model/catalogue.js';
import { Said } from '../ui/said.js';
import { AnyBlock } from './any-block.js';
import { useEntryTexts } from './use-catalogue.js';

interface MatrixProps {
  readonly entries: readonly CatalogueEntry[];
  readonly published: PublishedUseCases;
}

/** Building blocks by use cases: a dot where a service relies on a block, larger for more steps, hollow while it is only specified. */
export function ReuseMatrix({ entries, published }: MatrixProps): ReactElement {
  const { t, number } = useI18n();
  const { rows, uses } = useMemo(() => reuseOf(entries), [entries]);
  const figures = [
    { value: rows.length, label: t('reuse.blocks', { n: rows.length }) },
    { value: entries.length, label: t('reuse.useCases', { n: entries.length }) },
    { value: uses - rows.length, label: t('reuse.saved', { n: uses - rows.length }) },
  ];
  return (
    <section aria-labelledby="reuse" className="reuse">
      <h2 id="reuse">{t('reuse.title')}</h2>
      <p className="quiet">{t('reuse.lead')}</p>
      <dl className="figures">
        {figures.map(({ value, label }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
      </dl>
      <ul className="reuse-legend quiet">
        <li>
          <span className="reuse-dot reuse-dot-3" aria-hidden="true" /> {t('reuse.legendRuns')}
        </li>
        <li>
          <span className="reuse-dot reuse-dot-3 reuse-dot-specified" aria-hidden="true" />{' '}
          {t('reuse.legendSpecified')}
        </li>
      </ul>
      <div className="reuse-scroll" role="region" aria-label={t('reuse.table')} tabIndex={0}>
        <table className="reuse-table">
          <caption className="visually-hidden">{t('reuse.table')}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('chain.block')}</span>
              </th>
              {entries.map((entry) => (
                <th
                  key={entry.key}
                  scope="col"
                  className={entry.running === undefined ? 'reuse-name' : 'reuse-name reuse-runs'}
                >
                  <EntryName entry={entry} published={published} />
                </th>
              ))}
              <th scope="col" className="reuse-total">
                {t('reuse.sharedBy')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <MatrixRow key={row.block} row={row} entries={entries} published={published} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function EntryName({
  entry,
  published,
}: {
  readonly entry: CatalogueEntry;
  readonly published: PublishedUseCases;
}): ReactElement {
  const { title } = useEntryTexts(entry, published);
  return (
    <Link to={`/use-cases/${entry.key}`}>
      <Said said={title} />
    </Link>
  );
}

function MatrixRow({ row, entries, published }: MatrixProps & { readonly row: ReuseRow }): ReactElement {
  const { t, number } = useI18n();
  return (
    <tr className={`block-${row.block}`}>
      <th scope="row">
        <AnyBlock block={row.block} published={published} />
      </th>
      {entries.map(({ key, running }, index) => {
        const steps = row.steps[index] ?? 0;
        const said = steps === 0 ? t('reuse.notUsed') : t('reuse.steps', { n: steps });
        return (
          <td key={key} title={said} className={running === undefined ? undefined : 'reuse-runs'}>
            {steps === 0 ? null : (
              <span
                className={`reuse-dot reuse-dot-${Math.min(5, Math.ceil(steps / 1.6))} ${running === undefined ? 'reuse-dot-specified' : ''}`}
                aria-hidden="true"
              />
            )}
            <span className="visually-hidden">{said}</span>
          </td>
        );
      })}
      <td className="reuse-total">
        <span className="reuse-bar" aria-hidden="true">
          <svg viewBox="0 0 100 6" preserveAspectRatio="none">
            <rect width={(100 * row.useCases) / entries.length} height="6" rx="2" />
          </svg>
        </span>
        {t('reuse.shared', { n: number(row.useCases), all: number(entries.length) })}
      </td>
    </tr>
  );
}

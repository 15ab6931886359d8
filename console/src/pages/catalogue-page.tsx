import { useMemo, type ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import type { PublishedUseCases } from '../../../contracts/published-use-case.js';
import { EntryCard } from '../catalogue/entry-card.js';
import { ReuseMatrix } from '../catalogue/reuse-matrix.js';
import { useCatalogue } from '../catalogue/use-catalogue.js';
import { useI18n } from '../i18n/i18n.js';
import { blocksOfAll, publishedSaid, type CatalogueEntry } from '../model/catalogue.js';
import '../styles/catalogue.css';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';

/** Every use case, running or specified, by sector and goal; and which building blocks they share. For everybody. */
export function CataloguePage(): ReactElement {
  const { t } = useI18n();
  const { entries, published, error, again } = useCatalogue();
  return (
    <Page title={t('nav.useCases')} wide>
      <div className="hero">
        <h1>{t('catalogue.title')}</h1>
        <p className="lead">{t('catalogue.lead')}</p>
      </div>
      {error === null ? null : <ProblemNote error={error} again={again} />}
      {entries === undefined || published === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : (
        <Shown entries={entries} published={published} />
      )}
    </Page>
  );
}

interface ShownProps {
  readonly entries: readonly CatalogueEntry[];
  readonly published: PublishedUseCases;
}

function Shown({ entries, published }: ShownProps): ReactElement {
  const { t } = useI18n();
  const [search, setSearch] = useSearchParams();
  const sector = search.get('sector') ?? '';
  const goal = search.get('goal') ?? '';
  const choose = (name: string, value: string): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const fitting = entries.filter(
    (entry) =>
      (sector === '' || entry.sector === sector) && (goal === '' || entry.goals.includes(Number(goal))),
  );
  const runs = fitting.filter(({ running }) => running !== undefined);
  const specified = fitting.filter(({ running }) => running === undefined);
  const blocks = useMemo(() => blocksOfAll(entries).length, [entries]);
  return (
    <>
      <Filters entries={entries} published={published} sector={sector} goal={goal} choose={choose} />
      {fitting.length === 0 ? (
        <div className="empty">
          <p>{t('catalogue.none')}</p>
          <button type="button" className="button" onClick={() => setSearch({}, { replace: true })}>
            {t('catalogue.showAll')}
          </button>
        </div>
      ) : null}
      <Entries
        id="runs"
        title={t('catalogue.runsTitle')}
        entries={runs}
        blocks={blocks}
        published={published}
      />
      <ReuseMatrix entries={entries} published={published} />
      <Entries
        id="specified"
        title={t('catalogue.specifiedTitle')}
        entries={specified}
        blocks={blocks}
        published={published}
      />
    </>
  );
}

function Entries({
  id,
  title,
  entries,
  blocks,
  published,
}: ShownProps & {
  readonly id: string;
  readonly title: string;
  /** How many there are in all. */
  readonly blocks: number;
}): ReactElement | null {
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className="entry-grid">
        {entries.map((entry) => (
          <EntryCard key={entry.key} entry={entry} blocksInAll={blocks} published={published} />
        ))}
      </ul>
    </section>
  );
}

function Filters({
  entries,
  published,
  sector,
  goal,
  choose,
}: ShownProps & {
  readonly sector: string;
  readonly goal: string;
  readonly choose: (name: string, value: string) => void;
}): ReactElement {
  const { t, language } = useI18n();
  const sectors = useMemo(() => [...new Set(entries.map((entry) => entry.sector))], [entries]);
  const goals = useMemo(
    () => [...new Set(entries.flatMap((entry) => entry.goals))].sort((one, other) => one - other),
    [entries],
  );
  return (
    <div className="filters">
      <label>
        <span>{t('catalogue.sector')}</span>
        <select value={sector} onChange={({ target }) => choose('sector', target.value)}>
          <option value="">{t('catalogue.allSectors')}</option>
          {sectors.map((one) => (
            <option key={one} value={one}>
              {one === 'other'
                ? t('catalogue.otherSector')
                : publishedSaid(published.sectors[one], language).text}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t('catalogue.goal')}</span>
        <select value={goal} onChange={({ target }) => choose('goal', target.value)}>
          <option value="">{t('catalogue.allGoals')}</option>
          {goals.map((one) => (
            <option key={one} value={one}>
              {one}. {publishedSaid(published.goals[String(one)], language).text}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

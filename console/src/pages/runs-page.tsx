import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Case } from '../../../contracts/case.js';
import type { Run } from '../../../contracts/run.js';
import { useApi } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { useWorkflowTitles } from '../i18n/workflow-titles.js';
import { movesRuns } from '../live/use-run-log.js';
import { useStream } from '../live/use-stream.js';
import { useThrottled } from '../live/use-throttled.js';
import { RunBadge } from '../run/run-badge.js';
import { RunFilters } from '../run/run-filters.js';
import '../styles/run.css';
import { BlockChip } from '../ui/block-chip.js';
import { CaseNumber } from '../ui/case-number.js';
import { LiveMark } from '../ui/live-mark.js';
import { Loading } from '../ui/loading.js';
import { Moment } from '../ui/moment.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';

const RENEW_MS = 2_000;
const filters = ['search', 'useCase', 'workflow', 'block', 'state', 'since', 'until'] as const;

/** All runs of the workspace, for those who operate it. */
export function RunsPage(): ReactElement {
  const { t } = useI18n();
  const [search, setSearch] = useSearchParams();
  const values = Object.fromEntries(filters.map((name) => [name, search.get(name) ?? '']));
  const { runs, state } = useRuns(values);
  const shown = runs.data?.pages.flatMap((page) => page.runs) ?? [];
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
  return (
    <Page title={t('runs.title')} wide>
      <div className="title-row">
        <h1>{t('runs.title')}</h1>
        <LiveMark state={state} />
      </div>
      <p className="lead">{t('runs.lead')}</p>
      <RunFilters values={values} choose={choose} />
      <p className="buttons">
        <Link className="button" to="/runs/file">
          {t('runs.openFile')}
        </Link>
        {Object.values(values).some((value) => value !== '') ? (
          <button type="button" className="button" onClick={() => setSearch({}, { replace: true })}>
            {t('runs.clear')}
          </button>
        ) : null}
      </p>
      {runs.isPending ? <Loading /> : null}
      {runs.isError ? <ProblemNote error={runs.error} again={() => void runs.refetch()} /> : null}
      {runs.isSuccess && shown.length === 0 ? (
        <div className="empty">
          <p>{t('runs.none')}</p>
          <p className="quiet">{t('runs.noneHint')}</p>
        </div>
      ) : null}
      {shown.length === 0 ? null : <RunTable runs={shown} />}
      {runs.hasNextPage ? (
        <button type="button" className="button" onClick={() => void runs.fetchNextPage()}>
          {t('cases.more')}
        </button>
      ) : null}
    </Page>
  );
}

function useRuns(values: Readonly<Record<string, string>>) {
  const api = useApi();
  const client = useQueryClient();
  const { search = '', ...rest } = values;
  const runs = useInfiniteQuery({
    queryKey: ['runs', values],
    queryFn: async ({ pageParam }) => {
      const query = new URLSearchParams({ limit: '100' });
      for (const [name, value] of Object.entries({ ...rest, after: pageParam }))
        if (value !== '')
          query.set(name, name === 'since' || name === 'until' ? new Date(value).toISOString() : value);
      if (search.trim() !== '') {
        const text = search.trim();
        const { cases } = await api.get<{ cases: readonly Case[] }>(
          `/api/v1/cases?text=${encodeURIComponent(text)}`,
        );
        const [found] = cases;
        query.set(found === undefined ? 'person' : 'case', found?.id ?? text);
      }
      return api.get<{ runs: readonly Run[]; next?: string }>(`/api/v1/runs?${query.toString()}`);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const renew = useThrottled(() => client.invalidateQueries({ queryKey: ['runs'] }), RENEW_MS);
  const state = useStream('all', {
    onOpen: renew,
    onBatch: (messages) => {
      if (messages.some(({ event }) => typeof event['type'] === 'string' && movesRuns(event['type'])))
        renew();
    },
  });
  return { runs, state };
}

function RunTable({ runs }: { readonly runs: readonly Run[] }): ReactElement {
  const { t } = useI18n();
  const numbers = useCaseNumbers(runs);
  const workflows = useWorkflowTitles();
  return (
    <table className="case-table">
      <caption className="visually-hidden">{t('runs.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('runs.workflow')}</th>
          <th scope="col">{t('runs.case')}</th>
          <th scope="col">{t('runs.state')}</th>
          <th scope="col">{t('runs.started')}</th>
          <th scope="col">{t('runs.block')}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id}>
            <th scope="row">
              <Link to={`/runs/${run.id}`}>
                <Said
                  said={
                    workflows.find((one) => one.useCase === run.useCase && one.name === run.workflow.name)
                      ?.title ?? { text: run.workflow.name, lang: 'en' }
                  }
                />
              </Link>
            </th>
            <td data-label={t('runs.case')}>
              <Link to={`/cases/${run.caseId}`}>
                <CaseNumber>{numbers.get(run.caseId) ?? run.caseId.slice(-6)}</CaseNumber>
              </Link>
            </td>
            <td data-label={t('runs.state')}>
              <RunBadge status={run.status} />
            </td>
            <td data-label={t('runs.started')}>
              <Moment at={run.startedAt} />
            </td>
            <td data-label={t('runs.block')}>
              <span className="run-blocks">
                {(run.blocks ?? []).map((block) => (
                  <span key={block} className="run-block" title={t(`block.${block as 'payments'}`)}>
                    <BlockChip block={block as 'payments'} />
                  </span>
                ))}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Runs name their case by id; people know its number. */
function useCaseNumbers(runs: readonly Run[]): ReadonlyMap<string, string> {
  const api = useApi();
  const newest = runs[0]?.caseId;
  const { data } = useQuery({
    queryKey: ['cases', 'numbers', newest],
    queryFn: async () => (await api.get<{ cases: readonly Case[] }>('/api/v1/cases?limit=500')).cases,
    enabled: newest !== undefined,
  });
  return new Map((data ?? []).map(({ id, number }) => [id, number]));
}

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Case } from '../../../contracts/case.js';
import type { Principal } from '../../../contracts/identity.js';
import { useApi, useUseCases } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import type { StreamMessage } from '../live/event-stream.js';
import { useStream } from '../live/use-stream.js';
import { useThrottled } from '../live/use-throttled.js';
import { mayOpen, mayOperate } from '../model/acting.js';
import { CaseTable } from '../case/case-table.js';
import { LiveMark } from '../ui/live-mark.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';

const PAGE = 100;
/** A list is renewed at most so often: during a census thousands of cases move each minute. */
const RENEW_MS = 2_000;

export function CasesPage({ principal }: { readonly principal: Principal }): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const kind = search.get('kind') ?? '';
  const state = search.get('state') ?? '';
  const cases = useInfiniteQuery({
    queryKey: ['cases', kind, state],
    queryFn: async ({ pageParam }) => {
      const query = new URLSearchParams({ limit: String(PAGE) });
      for (const [name, value] of Object.entries({ kind, state, after: pageParam }))
        if (value !== '') query.set(name, value);
      return (await api.get<{ cases: readonly Case[] }>(`/api/v1/cases?${query.toString()}`)).cases;
    },
    initialPageParam: '',
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.number),
  });
  const renew = useThrottled(
    () => Promise.all([['cases'], ['clock']].map((queryKey) => client.invalidateQueries({ queryKey }))),
    RENEW_MS,
  );
  const live = useStream('all', {
    onOpen: renew,
    onBatch: (messages) => {
      if (messages.some(changesList)) renew();
    },
  });
  const shown = unique(cases.data?.pages.flat() ?? []);
  const choose = (name: string, value: string): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (value === '') next.delete(name);
      else next.set(name, value);
      if (name === 'kind') next.delete('state');
      return next;
    });
  const own = principal.roles.every((role) => role === 'citizen');
  return (
    <Page title={own ? t('cases.own') : t('cases.title')} wide>
      <div className="title-row">
        <h1>{own ? t('cases.own') : t('cases.title')}</h1>
        <LiveMark state={live} />
      </div>
      <NewCaseLinks principal={principal} />
      {mayOperate(principal) ? (
        <p className="buttons">
          <Link className="button" to="/story/open">
            {t('story.openFile')}
          </Link>
        </p>
      ) : null}
      <Filters kind={kind} state={state} choose={choose} />
      {cases.isPending ? <Loading /> : null}
      {cases.isError ? <ProblemNote error={cases.error} again={() => void cases.refetch()} /> : null}
      {cases.isSuccess && shown.length === 0 ? (
        <div className="empty">
          <p>{kind === '' ? t('cases.empty') : t('cases.emptyFiltered')}</p>
          <p className="quiet">{t('cases.emptyHint')}</p>
        </div>
      ) : null}
      {shown.length > 0 ? <CaseTable cases={shown} /> : null}
      {shown.length > 0 ? (
        <p className="list-end">
          <span className="quiet">{t('cases.shown', { n: shown.length })}</span>
          {cases.hasNextPage ? (
            <button
              type="button"
              className="button"
              disabled={cases.isFetchingNextPage}
              onClick={() => void cases.fetchNextPage()}
            >
              {t('cases.more')}
            </button>
          ) : null}
        </p>
      ) : null}
    </Page>
  );
}

function NewCaseLinks({ principal }: { readonly principal: Principal }): ReactElement | null {
  const { t } = useI18n();
  const { data: useCases } = useUseCases();
  const services = (useCases ?? [])
    .map(({ id, cases }) => ({
      useCase: id,
      kinds: Object.entries(cases)
        .filter(([, kind]) => mayOpen(kind, principal))
        .map(([kind]) => kind),
    }))
    .filter(({ kinds }) => kinds.length > 0);
  if (services.length === 0) return null;
  return (
    <section aria-labelledby="new-case" className="new-case">
      <h2 id="new-case" className="small-title">
        {t('cases.new')}
      </h2>
      {services.map(({ useCase, kinds }) => (
        <div key={useCase} className="new-case-of">
          {services.length > 1 ? <ServiceName useCase={useCase} /> : null}
          <ul className="buttons">
            {kinds.map((kind) => (
              <li key={kind}>
                <Link className="button" to={`/cases/new/${useCase}/${kind}`}>
                  <span aria-hidden="true">+ </span>
                  <KindName useCase={useCase} kind={kind} />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** Services call their cases alike: whose case it is stands before them. */
function ServiceName({ useCase }: { readonly useCase: string }): ReactElement {
  return (
    <p className="quiet">
      <Said said={useUseCaseTexts(useCase).title} />
    </p>
  );
}

function KindName({ useCase, kind }: { readonly useCase: string; readonly kind: string }): ReactElement {
  return <Said said={useUseCaseTexts(useCase).kind(kind)} />;
}

function Filters({
  kind,
  state,
  choose,
}: {
  readonly kind: string;
  readonly state: string;
  readonly choose: (name: string, value: string) => void;
}): ReactElement | null {
  const { t } = useI18n();
  const { data: useCases } = useUseCases();
  const useCase = useCases?.find(({ cases }) => kind === '' || kind in cases);
  const texts = useUseCaseTexts(useCase?.id);
  if (useCase === undefined) return null;
  const machine = useCase.cases[kind]?.states;
  const states =
    machine === undefined ? [] : [...new Set([machine.initial, ...machine.transitions.map(({ to }) => to)])];
  return (
    <div className="filters">
      <label>
        <span>{t('cases.kind')}</span>
        <select value={kind} onChange={({ target }) => choose('kind', target.value)}>
          <option value="">{t('cases.all')}</option>
          {Object.keys(useCase.cases).map((one) => (
            <option key={one} value={one}>
              {texts.kind(one).text}
            </option>
          ))}
        </select>
      </label>
      {states.length === 0 ? null : (
        <label>
          <span>{t('cases.state')}</span>
          <select value={state} onChange={({ target }) => choose('state', target.value)}>
            <option value="">{t('cases.all')}</option>
            {states.map((one) => (
              <option key={one} value={one}>
                {texts.state(kind, one).text}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

function changesList({ stream, event }: StreamMessage): boolean {
  const type = event['type'];
  if (stream === 'log')
    return (
      type === 'case.opened' ||
      type === 'clock.moved' ||
      type === 'workspace.reset' ||
      type === 'workspace.restored'
    );
  return type === 'case.moved' || type === 'run.created' || type === 'run.faulted' || type === 'run.resumed';
}

/** A page boundary may move while cases are opened: the same case is shown once. */
function unique(cases: readonly Case[]): readonly Case[] {
  return [...new Map(cases.map((one) => [one.id, one])).values()];
}

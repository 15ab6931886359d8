import type { ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import type { Case } from '../../../contracts/case.js';
import type { Principal } from '../../../contracts/identity.js';
import { useOwnLive } from '../api/own-queries.js';
import { useCase, useTasks } from '../api/queries.js';
import { Card } from '../case/facts-view.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts, type UseCaseTexts } from '../i18n/use-case-texts.js';
import { hindranceOf, isPending } from '../model/acting.js';
import { cardIn } from '../model/facts.js';
import { statesOf } from '../model/progress.js';
import { CaseNumber } from '../ui/case-number.js';
import { Loading } from '../ui/loading.js';
import { Moment } from '../ui/moment.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';
import { BackLink } from './back-link.js';
import { TaskLink } from './task-link.js';

/** A citizen follows a matter: where it is, what they must do, what happens next. No word of workflows. */
export function FollowPage({ principal }: { readonly principal: Principal }): ReactElement {
  const { id = '' } = useParams();
  const { t } = useI18n();
  useOwnLive();
  const answer = useCase(id);
  return (
    <Page title={answer.data?.case.number ?? t('nav.my')}>
      <BackLink />
      {answer.isPending ? <Loading /> : null}
      {answer.isError ? <ProblemNote error={answer.error} again={() => void answer.refetch()} /> : null}
      {answer.data === undefined ? null : <Followed of={answer.data.case} principal={principal} />}
    </Page>
  );
}

function Followed({ of, principal }: { readonly of: Case; readonly principal: Principal }): ReactElement {
  const { t } = useI18n();
  const texts = useUseCaseTexts(of.useCase);
  const { data: tasks } = useTasks(of.id);
  const mine = (tasks ?? []).filter((task) => isPending(task) && hindranceOf(task, principal) === undefined);
  const now = texts.plain(of.kind, of.state, 'now');
  const next = of.closedAt === undefined ? texts.plain(of.kind, of.state, 'next') : undefined;
  const card = cardIn(of.facts);
  return (
    <>
      <h1>
        <Said said={texts.kind(of.kind)} />{' '}
        <span className="case-kind">
          <CaseNumber>{of.number}</CaseNumber>
        </span>
      </h1>
      <section
        className={`my-now my-now-${lookOf(of, mine.length > 0)}`}
        aria-labelledby="my-now"
        role="status"
      >
        <h2 id="my-now">
          <Said said={texts.state(of.kind, of.state)} />
        </h2>
        {now === undefined ? null : (
          <p>
            <Said said={now} />
          </p>
        )}
        {of.trouble === undefined ? null : <p>{t('my.trouble')}</p>}
      </section>
      <section aria-labelledby="my-must">
        <h2 id="my-must">{t('my.must')}</h2>
        {mine.length === 0 ? <p className="quiet">{t('my.nothing')}</p> : null}
        <ul className="my-list">
          {mine.map((task) => (
            <li key={task.id}>
              <TaskLink task={task} />
            </li>
          ))}
        </ul>
      </section>
      {next === undefined ? null : (
        <section aria-labelledby="my-next">
          <h2 id="my-next">{t('my.next')}</h2>
          <p>
            <Said said={next} />
          </p>
        </section>
      )}
      <Amount of={of} />
      {card === undefined ? null : <Card card={card} />}
      <Past of={of} texts={texts} />
      <p className="my-links">
        <Link to="/accesses">{t('accesses.title')}</Link>
        <Link to={`/cases/${of.id}`}>{t('my.behind')}</Link>
      </p>
    </>
  );
}

function lookOf(of: Case, mustAct: boolean): 'wait' | 'act' | 'done' {
  if (mustAct) return 'act';
  return of.closedAt === undefined ? 'wait' : 'done';
}

/** What the household gets, once that is known. */
function Amount({ of: { facts } }: { readonly of: Case }): ReactElement | null {
  const { t, money } = useI18n();
  const { cycleAmount, currency } = facts;
  if (typeof cycleAmount !== 'number' || typeof currency !== 'string') return null;
  return (
    <section aria-labelledby="my-amount" className="card my-amount">
      <h2 id="my-amount" className="small-title">
        {t('my.amount')}
      </h2>
      <p className="my-figure">{money(cycleAmount, currency)}</p>
      <p>
        <Link to="/my/payments">{t('my.payments')}</Link>
      </p>
    </section>
  );
}

function Past({ of, texts }: { readonly of: Case; readonly texts: UseCaseTexts }): ReactElement {
  const { t } = useI18n();
  const { passed } = statesOf(of, texts.useCase?.manifest.cases[of.kind]?.states);
  return (
    <section aria-labelledby="my-past">
      <h2 id="my-past">{t('my.past')}</h2>
      <ol className="states">
        {[...passed].reverse().map(({ state, at, present }, index) => (
          <li
            key={index}
            className={present ? 'state state-present' : 'state'}
            aria-current={present ? 'true' : undefined}
          >
            <span className="state-name">
              <Said said={texts.state(of.kind, state)} />
            </span>
            <span className="quiet">
              <Moment at={at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { Case } from '../../../contracts/case.js';
import type { Principal } from '../../../contracts/identity.js';
import { useOwnCases, useOwnLive } from '../api/own-queries.js';
import { useTasks, useUseCases } from '../api/queries.js';
import { StateBadge } from '../case/state-badge.js';
import { useI18n } from '../i18n/i18n.js';
import { useNameOf } from '../i18n/persona-texts.js';
import type { MessageKey } from '../i18n/message.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { hindranceOf, mayOpen } from '../model/acting.js';
import { CaseNumber } from '../ui/case-number.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';
import { TaskLink } from './task-link.js';

const places: readonly { readonly to: string; readonly title: MessageKey; readonly hint: MessageKey }[] = [
  { to: '/my/payments', title: 'my.payments', hint: 'my.paymentsHint' },
  { to: '/my/messages', title: 'my.messages', hint: 'my.messagesHint' },
  { to: '/accesses', title: 'accesses.title', hint: 'my.accessesHint' },
];

/** Where a citizen begins: what to do now, how far everything is, and what one may ask for. */
export function MyPage({ principal }: { readonly principal: Principal }): ReactElement {
  const { t } = useI18n();
  const name = useNameOf(principal);
  useOwnLive();
  const cases = useOwnCases();
  const tasks = useTasks();
  const mine = (tasks.data ?? []).filter((task) => hindranceOf(task, principal) === undefined);
  return (
    <Page title={t('nav.my')}>
      <h1>
        {t('my.hello', { name: '' })}
        <bdi>{name}</bdi>
      </h1>
      {mine.length === 0 ? null : (
        <section aria-labelledby="my-todo">
          <h2 id="my-todo">{t('my.todo')}</h2>
          <ul className="my-list">
            {mine.map((task) => (
              <li key={task.id}>
                <TaskLink task={task} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="my-cases">
        <h2 id="my-cases">{t('my.cases')}</h2>
        {cases.isPending ? <Loading /> : null}
        {cases.isError ? <ProblemNote error={cases.error} again={() => void cases.refetch()} /> : null}
        {cases.data?.length === 0 ? (
          <div className="empty">
            <p>{t('my.empty')}</p>
            <p className="quiet">{t('my.emptyHint')}</p>
          </div>
        ) : null}
        <ul className="my-list">
          {cases.data?.map((one) => (
            <OwnCase key={one.id} of={one} />
          ))}
        </ul>
      </section>
      <Services principal={principal} />
      <nav aria-labelledby="my-more">
        <h2 id="my-more" className="visually-hidden">
          {t('my.more')}
        </h2>
        <ul className="my-places">
          {places.map(({ to, title, hint }) => (
            <li key={to}>
              <Link className="my-place" to={to}>
                <strong>{t(title)}</strong>
                <span>{t(hint)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </Page>
  );
}

function OwnCase({ of }: { readonly of: Case }): ReactElement {
  const { t, date } = useI18n();
  const texts = useUseCaseTexts(of.useCase);
  const now = texts.plain(of.kind, of.state, 'now');
  return (
    <li>
      <Link className="my-case" to={`/my/cases/${of.id}`}>
        <span className="my-case-head">
          <strong>
            <Said said={texts.kind(of.kind)} />
          </strong>
          <StateBadge of={of} />
        </span>
        {now === undefined ? null : (
          <span>
            <Said said={now} />
          </span>
        )}
        <span className="quiet">
          <CaseNumber>{of.number}</CaseNumber> · {t('case.opened', { date: date(of.openedAt) })}
        </span>
      </Link>
    </li>
  );
}

function Services({ principal }: { readonly principal: Principal }): ReactElement {
  const { t } = useI18n();
  const { data: useCases } = useUseCases();
  return (
    <section aria-labelledby="my-services">
      <h2 id="my-services">{t('my.services')}</h2>
      {(useCases ?? []).map((useCase) => {
        const kinds = Object.entries(useCase.cases).filter(([, kind]) => mayOpen(kind, principal));
        return kinds.length === 0 ? null : (
          <Service key={useCase.id} useCase={useCase.id} kinds={kinds.map(([kind]) => kind)} />
        );
      })}
    </section>
  );
}

/** What may be asked for in a use case; the first kind is what the service is for. */
function Service({
  useCase,
  kinds,
}: {
  readonly useCase: string;
  readonly kinds: readonly string[];
}): ReactElement {
  const { t } = useI18n();
  const texts = useUseCaseTexts(useCase);
  return (
    <article className="card my-service">
      <h3>
        <Said said={texts.title} />
      </h3>
      <p className="quiet">
        <Said said={texts.summary} />
      </p>
      <ul className="buttons">
        {kinds.map((kind, index) => (
          <li key={kind}>
            <Link
              className={index === 0 ? 'button button-main button-large' : 'button'}
              to={`/my/new/${useCase}/${kind}`}
            >
              {index === 0 ? (
                <>
                  {t('my.apply')}
                  <span className="visually-hidden">: {texts.title.text}</span>
                </>
              ) : (
                <Said said={texts.kind(kind)} />
              )}
            </Link>
          </li>
        ))}
      </ul>
    </article>
  );
}

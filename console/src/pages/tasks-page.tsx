import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { Principal } from '../../../contracts/identity.js';
import { useTasks } from '../api/queries.js';
import type { Task } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { useStream } from '../live/use-stream.js';
import { useThrottled } from '../live/use-throttled.js';
import { hindranceOf, mayOperate } from '../model/acting.js';
import { PastTasks } from './past-tasks.js';
import { LiveMark } from '../ui/live-mark.js';
import { Loading } from '../ui/loading.js';
import { Moment } from '../ui/moment.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';

const RENEW_MS = 1_000;
const SHOWN = 200;

/** The inbox of a role. */
export function TasksPage({ principal }: { readonly principal: Principal }): ReactElement {
  const { t, number } = useI18n();
  const client = useQueryClient();
  const tasks = useTasks();
  const renew = useThrottled(
    () => Promise.all([['tasks'], ['clock']].map((queryKey) => client.invalidateQueries({ queryKey }))),
    RENEW_MS,
  );
  const live = useStream('log', { onOpen: renew, onBatch: renew });
  const sorted = [...(tasks.data ?? [])].sort(bySoonest);
  const mine = sorted.filter(({ assignee }) => assignee === principal.subject);
  const others = sorted.filter(({ assignee }) => assignee !== principal.subject);
  return (
    <Page title={t('tasks.title')}>
      <div className="title-row">
        <h1>{t('tasks.title')}</h1>
        <LiveMark state={live} />
      </div>
      <p className="lead">{mayOperate(principal) ? t('tasks.leadAll') : t('tasks.lead')}</p>
      {tasks.isPending ? <Loading /> : null}
      {tasks.isError ? <ProblemNote error={tasks.error} again={() => void tasks.refetch()} /> : null}
      {tasks.isSuccess && sorted.length === 0 ? (
        <div className="empty">
          <p>{t('tasks.empty')}</p>
          <p className="quiet">{t('tasks.emptyHint')}</p>
        </div>
      ) : null}
      {mine.length === 0 ? null : (
        <section aria-labelledby="tasks-mine">
          <h2 id="tasks-mine">{t('tasks.mine')}</h2>
          <ul className="task-list">
            {mine.map((task) => (
              <TaskRow key={task.id} task={task} principal={principal} />
            ))}
          </ul>
        </section>
      )}
      {others.length === 0 ? null : (
        <section aria-labelledby="tasks-open">
          <h2 id="tasks-open" className={mine.length === 0 ? 'visually-hidden' : undefined}>
            {t('tasks.open')}
          </h2>
          <ul className="task-list">
            {others.slice(0, SHOWN).map((task) => (
              <TaskRow key={task.id} task={task} principal={principal} />
            ))}
          </ul>
        </section>
      )}
      {sorted.length > SHOWN ? (
        <p className="quiet">{t('entry.times', { ended: number(SHOWN), count: number(sorted.length) })}</p>
      ) : null}
      <PastTasks principal={principal} />
    </Page>
  );
}

function TaskRow({ task, principal }: { readonly task: Task; readonly principal: Principal }): ReactElement {
  const { t, date } = useI18n();
  const texts = useUseCaseTexts(task.useCase);
  const may = hindranceOf(task, principal) === undefined;
  return (
    <li className="card task-row">
      <div>
        <h3 className="task-title">
          <Said said={texts.form(task.form, task.title)} />
        </h3>
        <p className="quiet">
          {t(`role.${task.role}`)} · {t('tasks.since', { date: date(task.createdAt) })} ·{' '}
          {task.due === undefined ? (
            t('tasks.noDue')
          ) : (
            <strong>{t('tasks.due', { date: date(task.due) })}</strong>
          )}
          {task.state === 'claimed' ? ` · ${t('tasks.claimed')}` : null}
        </p>
        <p>
          <Link className="quiet-link" to={`/cases/${task.caseId}`}>
            {t('tasks.toCase')}
          </Link>
        </p>
      </div>
      <Link className={may ? 'button button-main' : 'button'} to={`/tasks/${task.id}`}>
        {may ? t('tasks.do') : t('tasks.view')}
        <span className="visually-hidden">
          : {texts.form(task.form, task.title).text}, <Moment at={task.createdAt} />
        </span>
      </Link>
    </li>
  );
}

/** What is due first, then what waits longest. */
function bySoonest(one: Task, other: Task): number {
  return (
    (one.due ?? '9999').localeCompare(other.due ?? '9999') || one.createdAt.localeCompare(other.createdAt)
  );
}

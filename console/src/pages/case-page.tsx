import { useDeferredValue, useMemo, type ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import type { Case } from '../../../contracts/case.js';
import type { Principal } from '../../../contracts/identity.js';
import type { Run } from '../../../contracts/run.js';
import { useCase, useTasks } from '../api/queries.js';
import type { Task } from '../api/types.js';
import { Announcer } from '../case/announcer.js';
import { Facts } from '../case/facts-view.js';
import { States, Steps } from '../case/progress-view.js';
import { StateBadge } from '../case/state-badge.js';
import { TaskPanel } from '../case/task-panel.js';
import { Timeline } from '../case/timeline.js';
import { Trouble } from '../case/trouble.js';
import { Waits } from '../case/waits-view.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { useCaseLog } from '../live/use-case-log.js';
import { isPending, mayOperate } from '../model/acting.js';
import { stepsOf } from '../model/progress.js';
import { waitsOf } from '../model/waits.js';
import { CaseNumber } from '../ui/case-number.js';
import { LiveMark } from '../ui/live-mark.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';

export function CasePage({ principal }: { readonly principal: Principal }): ReactElement {
  const { id = '' } = useParams();
  return <OneCase key={id} id={id} principal={principal} />;
}

function OneCase({ id, principal }: { readonly id: string; readonly principal: Principal }): ReactElement {
  const { t } = useI18n();
  const answer = useCase(id);
  if (answer.data === undefined) {
    return (
      <Page title={t('cases.title')}>
        {answer.isError ? (
          <ProblemNote error={answer.error} again={() => void answer.refetch()} />
        ) : (
          <Loading />
        )}
      </Page>
    );
  }
  return <LiveCase of={answer.data.case} runs={answer.data.runs} principal={principal} />;
}

interface LiveCaseProps {
  readonly of: Case;
  readonly runs: readonly Run[];
  readonly principal: Principal;
}

/** One case, live: it changes while one looks at it. */
function LiveCase({ of, runs, principal }: LiveCaseProps): ReactElement {
  const { t, date } = useI18n();
  const texts = useUseCaseTexts(of.useCase);
  const live = useCaseLog(of.id);
  const entries = useDeferredValue(live.entries);
  const { data: tasks = noTasks } = useTasks(of.id);
  const byPlace = useMemo(() => new Map(tasks.map((task) => [`${task.runId}\n${task.key}`, task])), [tasks]);
  const waits = useMemo(() => waitsOf(runs, tasks), [runs, tasks]);
  const waitsByPlace = useMemo(
    () => new Map(waits.map((wait) => [`${wait.run}\n${wait.key.split('!')[0] ?? ''}`, wait])),
    [waits],
  );
  const steps = useMemo(() => {
    const touched = new Set(
      entries.flatMap((entry) => (entry.type === 'task' && entry.step !== undefined ? [entry.step] : [])),
    );
    return stepsOf(texts.useCase?.manifest.steps ?? [], of, touched);
  }, [texts, of, entries]);
  const mine = of.person !== undefined && of.person === principal.person;
  return (
    <Page title={of.number} wide>
      <Announcer entries={entries} texts={texts} />
      <div className="case-head">
        <div className="title-row">
          <h1>
            <CaseNumber>{of.number}</CaseNumber>{' '}
            <span className="case-kind">
              <Said said={texts.kind(of.kind)} />
            </span>
          </h1>
          <LiveMark state={live.state} />
        </div>
        <p className="case-facts">
          <StateBadge of={of} />
          <span className="quiet">
            {t('case.opened', { date: date(of.openedAt) })}
            {of.closedAt === undefined ? null : ` · ${t('case.closed', { date: date(of.closedAt) })}`}
          </span>
          <Link to={`/cases/${of.id}/story`}>{t('story.toStory')}</Link>
          <Link to={`/cases/${of.id}/report`}>{t('story.toReport')}</Link>
          {of.openedBy === undefined ? null : <Link to={`/cases/${of.openedBy}`}>{t('case.openedBy')}</Link>}
        </p>
      </div>
      <Trouble of={of} runs={runs} principal={principal} />
      <Steps steps={steps} texts={texts} />
      <div className="columns">
        <div className="column-main">
          {of.trouble !== undefined && !tasks.some(isPending) ? null : (
            <TodoList tasks={tasks} principal={principal} />
          )}
          <Timeline
            of={of}
            entries={entries}
            texts={texts}
            tasks={byPlace}
            waits={waitsByPlace}
            bodies={mayOperate(principal) || mine ? live.bodies : undefined}
          />
        </div>
        <div className="column-side">
          <Waits waits={waits} entries={entries} texts={texts} />
          <States of={of} texts={texts} />
          <Facts facts={of.facts} texts={texts} />
        </div>
      </div>
    </Page>
  );
}

const noTasks: readonly Task[] = [];

function TodoList({
  tasks,
  principal,
}: {
  readonly tasks: readonly Task[];
  readonly principal: Principal;
}): ReactElement {
  const { t } = useI18n();
  const pending = tasks.filter(isPending);
  return (
    <section aria-labelledby="todo">
      <h2 id="todo">{t('case.todo')}</h2>
      {pending.length === 0 ? <p className="quiet">{t('case.nothingToDo')}</p> : null}
      {pending.map((task) => (
        <TaskPanel
          key={task.id}
          task={task}
          principal={principal}
          onDone={() => document.getElementById('content')?.focus()}
        />
      ))}
    </section>
  );
}

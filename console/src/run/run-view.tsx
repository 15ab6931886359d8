import { useEffect, useMemo, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Timeline } from '../case/timeline.js';
import { DiagramLegend } from '../diagram/diagram-legend.js';
import { WorkflowDiagram } from '../diagram/workflow-diagram.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { positionsOf, type TaskPosition } from '../model/run-position.js';
import { timelineOf } from '../model/timeline.js';
import '../styles/run.css';
import { CaseNumber } from '../ui/case-number.js';
import { Moment } from '../ui/moment.js';
import { EventTable } from './event-table.js';
import { RunBadge } from './run-badge.js';
import { Said } from '../ui/said.js';
import { RunErrorNote } from './run-error.js';
import type { RunSource } from './run-source.js';
import { TaskDetail } from './task-detail.js';

interface RunViewProps {
  readonly source: RunSource;
  /** Buttons beside the title. */
  readonly actions: ReactNode;
  /** Below the chosen task. */
  readonly again?: (key: string) => ReactNode;
  readonly mark: ReactNode;
}

/** One run: the picture of its workflow with its position, the chosen task, its story, its journal. */
export function RunView({ source, actions, again, mark }: RunViewProps): ReactElement {
  const { t } = useI18n();
  const { of, run, workflow, events, exchanges } = source;
  const texts = useUseCaseTexts(run.useCase);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const waiting = run.status === 'waiting' || run.status === 'running' ? run.waiting : noWaits;
  const positions = useMemo(() => positionsOf(events, waiting), [events, waiting]);
  const entries = useMemo(
    () =>
      timelineOf(
        events.map(({ seq, event }) => ({ run: run.id, seq, event })),
        exchanges.map(({ exchange }) => exchange),
      ),
    [events, exchanges, run.id],
  );
  const bad = exchanges.findLast(
    ({ exchange }) => exchange.outcome !== 'answered' || exchange.status >= 400,
  )?.exchange;
  return (
    <>
      <div className="case-head">
        <div className="title-row">
          <h1>
            <Said said={texts.workflow(run.workflow.name, workflow.document.title)} />{' '}
            <span className="case-kind">
              <CaseNumber>{of.number}</CaseNumber>
            </span>
          </h1>
          {mark}
        </div>
        <p className="case-facts">
          <RunBadge status={run.status} />
          <span className="quiet">
            {t('runs.started')} <Moment at={run.startedAt} />
          </span>
          <code>
            {run.workflow.name} {run.workflow.version}
          </code>
          {source.copyOf === undefined ? null : <Related of={of} run={run} />}
        </p>
        <div className="buttons run-actions">{actions}</div>
      </div>
      {run.error === undefined || run.status !== 'faulted' ? null : (
        <RunErrorNote error={run.error} last={bad} />
      )}
      <div className="run-columns">
        <section aria-labelledby="diagram">
          <div className="title-row">
            <h2 id="diagram">{t('run.diagram')}</h2>
            <GoToPresent positions={positions} chosen={chosen} onChoose={setChosen} />
          </div>
          <WorkflowDiagram
            document={workflow}
            texts={texts}
            positions={positions}
            chosen={chosen}
            onChoose={setChosen}
          />
          <DiagramLegend />
        </section>
        <section aria-labelledby="task" className="run-side">
          <h2 id="task">{t('run.task')}</h2>
          <TaskDetail
            key={chosen}
            source={source}
            texts={texts}
            pointer={chosen}
            position={chosen === undefined ? undefined : positions.get(chosen)}
            again={again}
          />
        </section>
      </div>
      <Timeline
        of={of}
        entries={entries}
        texts={texts}
        tasks={noPlaces}
        waits={noPlaces}
        bodies={(exchange) => source.bodiesOf(exchange.id)}
      />
      <EventTable events={events} />
    </>
  );
}

/** What else there is about it in this workspace. */
function Related({ of, run }: Pick<RunSource, 'of' | 'run'>): ReactElement {
  const { t } = useI18n();
  return (
    <>
      <Link to={`/cases/${of.id}`}>{t('tasks.toCase')}</Link>
      {run.origin === undefined ? null : <Link to={`/runs/${run.origin.runId}`}>{t('run.origin')}</Link>}
      {run.parent === undefined ? null : <Link to={`/runs/${run.parent.runId}`}>{t('run.parent')}</Link>}
    </>
  );
}

const noWaits: RunSource['run']['waiting'] = [];
const noPlaces: ReadonlyMap<string, never> = new Map<string, never>();

/** Brings the place where the run stands into view; does so by itself when the page opens, unless somebody was faster. */
function GoToPresent({
  positions,
  chosen,
  onChoose,
}: {
  readonly positions: ReadonlyMap<string, TaskPosition>;
  readonly chosen: string | undefined;
  readonly onChoose: (pointer: string) => void;
}): ReactElement | null {
  const { t } = useI18n();
  const present = useMemo(() => presentOf(positions), [positions]);
  const went = useRef(false);
  const go = (pointer: string): void => {
    onChoose(pointer);
    const node = document.querySelector(`[data-pointer=${JSON.stringify(pointer)}]`);
    const scroll = node?.closest('.diagram-scroll');
    if (node == null || scroll == null) return;
    const [inside, around] = [node.getBoundingClientRect(), scroll.getBoundingClientRect()];
    scroll.scrollBy({
      top: inside.top - around.top - around.height / 2,
      left: inside.left - around.left - around.width / 2 + inside.width / 2,
    });
  };
  useEffect(() => {
    if (went.current || present === undefined) return;
    went.current = true;
    if (chosen === undefined) go(present);
  });
  return present === undefined ? null : (
    <button type="button" className="button button-small" onClick={() => go(present)}>
      {t('run.goTo')}
    </button>
  );
}

/** What waits or failed, else what runs, else what happened last; the innermost task. */
function presentOf(positions: ReadonlyMap<string, TaskPosition>): string | undefined {
  const by = (wanted: TaskPosition['standing']): string | undefined =>
    [...positions]
      .filter(([, { standing }]) => standing === wanted)
      .map(([pointer]) => pointer)
      .sort((one, other) => other.length - one.length)[0];
  const last = [...positions].sort(
    ([, one], [, other]) => (other.events.at(-1) ?? 0) - (one.events.at(-1) ?? 0),
  )[0]?.[0];
  return by('failed') ?? by('waiting') ?? by('running') ?? last;
}

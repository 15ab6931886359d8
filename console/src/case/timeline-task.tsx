import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { calledService } from '../model/task-key.js';
import type { TaskEntry } from '../model/timeline.js';
import { BlockChip } from '../ui/block-chip.js';
import { TimeOfDay } from '../ui/moment.js';
import { Said } from '../ui/said.js';
import { ToldError } from '../ui/told.js';
import { Calls } from './calls.js';
import { isOutside, type EntryLook } from './entry-look.js';
import { MovedTo } from './moved-to.js';
import type { TimelineProps } from './timeline-props.js';

type LineProps = TimelineProps & { readonly entry: TaskEntry; readonly look: EntryLook };

/** One step of the story: its sentence, who or which block, how long, what it led to, and its calls. */
export function TaskEntryLine({ entry, look, of, texts, tasks, waits, bodies }: LineProps): ReactElement {
  const { t, span, number } = useI18n();
  const took = isOutside(entry) ? entry.calendarMilliseconds : entry.milliseconds;
  return (
    <>
      <p className="sentence">
        <Said said={texts.narration(entry.narration, entry.name)} />
      </p>
      <p className="entry-facts">
        <span className={`status status-${look}`}>{t(`entry.${look}`)}</span>
        {entry.count > 1 ? (
          <span>{t('entry.times', { ended: number(entry.ended), count: number(entry.count) })}</span>
        ) : null}
        {entry.attempts > 1 ? <span>{t('entry.attempts', { n: entry.attempts })}</span> : null}
        <Who entry={entry} texts={texts} tasks={tasks} />
        <Due entry={entry} tasks={tasks} waits={waits} />
        {entry.status === 'running' || took === undefined || took === 0 ? null : <span>{span(took)}</span>}
        <TimeOfDay at={entry.time} />
      </p>
      {entry.error === undefined ? null : (
        <p className="entry-error" dir="auto">
          <ToldError error={entry.error} />
        </p>
      )}
      {entry.movedTo === undefined ? null : <MovedTo state={entry.movedTo} of={of} texts={texts} />}
      <Calls exchanges={entry.exchanges} texts={texts} bodies={bodies} />
    </>
  );
}

function Who({ entry, texts, tasks }: Pick<LineProps, 'entry' | 'texts' | 'tasks'>): ReactElement | null {
  const { t } = useI18n();
  const task = entry.keys.map((key) => tasks.get(`${entry.run}\n${key}`)).find((one) => one !== undefined);
  if (task !== undefined) {
    const who = t(`role.${task.role}`);
    return <span>{t(entry.status === 'running' ? 'entry.waitsFor' : 'entry.by', { who })}</span>;
  }
  const service = calledService(entry.target);
  if (service === undefined || entry.exchanges.length > 0) return null;
  const definition = texts.useCase?.manifest.services[service.alias];
  return definition === undefined ? null : <BlockChip block={definition.block} />;
}

function Due({ entry, tasks, waits }: Pick<LineProps, 'entry' | 'tasks' | 'waits'>): ReactElement | null {
  const { t, dateTime } = useI18n();
  if (entry.status !== 'running') return null;
  const due = entry.keys
    .map((key) => tasks.get(`${entry.run}\n${key}`)?.due ?? waits.get(`${entry.run}\n${key}`)?.due)
    .find((one) => one !== undefined);
  return due === undefined ? null : <strong>{t('entry.due', { date: dateTime(due) })}</strong>;
}

import { memo, useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { TimelineEntry } from '../model/timeline.js';
import { TimeOfDay } from '../ui/moment.js';
import { Calls } from './calls.js';
import { lookOf, type EntryLook } from './entry-look.js';
import type { TimelineProps } from './timeline-props.js';
import { TaskEntryLine } from './timeline-task.js';

const FIRST = 60;
const MORE = 200;

/** What happened in a case, in sentences. Only a part of a long story is on the page at once. */
export function Timeline(props: TimelineProps): ReactElement {
  const { entries } = props;
  const { t, date } = useI18n();
  const [shown, setShown] = useState(FIRST);
  const [newestFirst, setNewestFirst] = useState(true);
  const visible = entries.slice(-shown);
  const ordered = newestFirst ? [...visible].reverse() : visible;
  const hidden = entries.length - visible.length;
  const earlier =
    hidden > 0 ? (
      <button type="button" className="button" onClick={() => setShown((before) => before + MORE)}>
        {t('case.earlier', { n: Math.min(hidden, MORE) })}
      </button>
    ) : null;
  return (
    <section aria-labelledby="timeline">
      <div className="title-row">
        <h2 id="timeline">{t('case.timeline')}</h2>
        {entries.length > 1 ? (
          <button
            type="button"
            className="button button-quiet"
            onClick={() => setNewestFirst((before) => !before)}
          >
            <span aria-hidden="true">⇅ </span>
            {newestFirst ? t('case.oldestFirst') : t('case.newestFirst')}
          </button>
        ) : null}
      </div>
      {entries.length === 0 ? <p className="quiet">{t('case.timelineEmpty')}</p> : null}
      {newestFirst ? null : earlier}
      <ol className="timeline" reversed={newestFirst}>
        {ordered.map((entry, index) => (
          <Entry
            key={entry.id}
            {...props}
            entry={entry}
            newDay={date(entry.time) !== date(ordered[index - 1]?.time ?? entry.time) || index === 0}
          />
        ))}
      </ol>
      {newestFirst ? earlier : null}
    </section>
  );
}

type EntryProps = TimelineProps & { readonly entry: TimelineEntry; readonly newDay: boolean };

const Entry = memo(function Entry({ entry, newDay, ...props }: EntryProps): ReactElement {
  const { date } = useI18n();
  const look = lookOf(entry);
  return (
    <>
      {newDay ? <li className="day">{date(entry.time)}</li> : null}
      <li className={`entry entry-${look}`}>
        <EntryBody entry={entry} look={look} {...props} />
      </li>
    </>
  );
});

function EntryBody({
  entry,
  look,
  ...props
}: TimelineProps & { readonly entry: TimelineEntry; readonly look: EntryLook }): ReactElement {
  const { t, told } = useI18n();
  switch (entry.type) {
    case 'task':
      return <TaskEntryLine entry={entry} look={look} {...props} />;
    case 'run':
      return (
        <>
          <p className="sentence">
            {entry.what === 'faulted'
              ? t('entry.faulted', { error: told(entry.error?.detail ?? entry.error?.title ?? '').text })
              : t(
                  entry.what === 'resumed'
                    ? 'entry.resumed'
                    : entry.what === 'cancelled'
                      ? 'entry.runCancelled'
                      : 'entry.suspended',
                )}
          </p>
          <p className="entry-facts">
            <TimeOfDay at={entry.time} />
          </p>
        </>
      );
    case 'call':
      return (
        <>
          <p className="sentence">{t('entry.call')}</p>
          <p className="entry-facts">
            <TimeOfDay at={entry.time} />
          </p>
          <Calls exchanges={entry.exchanges} texts={props.texts} bodies={props.bodies} />
        </>
      );
  }
}

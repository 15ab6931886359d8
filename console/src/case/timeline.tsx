import { memo, useState, type ReactElement } from 'react';
import type { Exchange, ExchangePayload } from '../../../contracts/exchange.js';
import type { Case } from '../../../contracts/case.js';
import type { WaitingFor } from '../../../contracts/run.js';
import type { Task } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import type { TimelineEntry } from '../model/timeline.js';
import { Moment } from '../ui/moment.js';
import { Calls } from './calls.js';
import { TaskEntryLine } from './timeline-task.js';

const FIRST = 60;
const MORE = 200;

export interface TimelineProps {
  readonly of: Case;
  readonly entries: readonly TimelineEntry[];
  readonly texts: UseCaseTexts;
  /** By run and task key. */
  readonly tasks: ReadonlyMap<string, Task>;
  readonly waits: ReadonlyMap<string, WaitingFor>;
  readonly bodies: ((exchange: Exchange) => Promise<ExchangePayload | undefined>) | undefined;
}

/** What happened in a case, in sentences. Only a part of a long story is on the page at once. */
export function Timeline(props: TimelineProps): ReactElement {
  const { entries } = props;
  const { t } = useI18n();
  const [shown, setShown] = useState(FIRST);
  const [newestFirst, setNewestFirst] = useState(true);
  const visible = entries.slice(-shown);
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
          <button type="button" className="button button-quiet" onClick={() => setNewestFirst((before) => !before)}>
            <span aria-hidden="true">⇅ </span>
            {newestFirst ? t('case.oldestFirst') : t('case.newestFirst')}
          </button>
        ) : null}
      </div>
      {entries.length === 0 ? <p className="quiet">{t('case.timelineEmpty')}</p> : null}
      {newestFirst ? null : earlier}
      <ol className="timeline" reversed={newestFirst}>
        {(newestFirst ? [...visible].reverse() : visible).map((entry) => (
          <Entry key={entry.id} {...props} entry={entry} />
        ))}
      </ol>
      {newestFirst ? earlier : null}
    </section>
  );
}

const Entry = memo(function Entry({ entry, ...props }: TimelineProps & { readonly entry: TimelineEntry }): ReactElement {
  const { t } = useI18n();
  switch (entry.type) {
    case 'task':
      return <TaskEntryLine entry={entry} {...props} />;
    case 'run':
      return (
        <li className={entry.what === 'faulted' ? 'entry entry-failed' : 'entry entry-done'}>
          <p className="sentence">
            {entry.what === 'faulted'
              ? t('entry.faulted', { error: entry.error?.detail ?? entry.error?.title ?? '' })
              : t(entry.what === 'resumed' ? 'entry.resumed' : entry.what === 'cancelled' ? 'entry.runCancelled' : 'entry.suspended')}
          </p>
          <p className="entry-facts">
            <Moment at={entry.time} withTime />
          </p>
        </li>
      );
    case 'call':
      return (
        <li className="entry entry-done">
          <p className="sentence">{t('entry.call')}</p>
          <p className="entry-facts">
            <Moment at={entry.time} withTime />
          </p>
          <Calls exchanges={entry.exchanges} bodies={props.bodies} />
        </li>
      );
  }
});

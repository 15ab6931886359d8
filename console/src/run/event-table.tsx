import { useMemo, useState, type ReactElement } from 'react';
import type { SequencedEvent } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';

const PAGE = 100;

/** The journal, newest first; a part of it at a time, since there may be tens of thousands. */
export function EventTable({ events }: { readonly events: readonly SequencedEvent[] }): ReactElement {
  const { t, number, dateTime } = useI18n();
  const [text, setText] = useState('');
  const [shown, setShown] = useState(PAGE);
  const fitting = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    const found =
      wanted === ''
        ? events
        : events.filter(({ event }) => JSON.stringify(event).toLowerCase().includes(wanted));
    return [...found].reverse();
  }, [events, text]);
  return (
    <section aria-labelledby="events">
      <h2 id="events">{t('run.events')}</h2>
      <p className="quiet">{t('run.eventsLead')}</p>
      <div className="filters">
        <label>
          <span>{t('run.filter')}</span>
          <input type="search" value={text} onChange={({ target }) => setText(target.value)} />
        </label>
      </div>
      <div className="scroll" role="group" aria-labelledby="events" tabIndex={0}>
        <table className="data-table event-table">
          <thead>
            <tr>
              <th scope="col">{t('run.eventNumber')}</th>
              <th scope="col">{t('run.eventTime')}</th>
              <th scope="col">{t('run.eventType')}</th>
              <th scope="col">{t('run.eventTask')}</th>
            </tr>
          </thead>
          <tbody>
            {fitting.slice(0, shown).map(({ seq, event }) => (
              <tr key={seq}>
                <td>{number(seq)}</td>
                <td>{dateTime(event.time)}</td>
                <td>
                  <code>{event.type}</code>
                </td>
                <td>{'key' in event ? <code dir="ltr">{event.key}</code> : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {fitting.length > shown ? (
        <button type="button" className="button" onClick={() => setShown((before) => before + 5 * PAGE)}>
          {t('run.moreEvents')}
        </button>
      ) : null}
    </section>
  );
}

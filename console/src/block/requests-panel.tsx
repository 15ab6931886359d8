import type { ReactElement } from 'react';
import type { BlockId } from '../../../contracts/block.js';
import type { JournalEntry } from '../../../contracts/request-journal.js';
import { useRequests } from '../api/block-queries.js';
import { useI18n } from '../i18n/i18n.js';
import { Moment } from '../ui/moment.js';
import { ProblemNote } from '../ui/problem-note.js';

const SHOWN = 10;

/** The newest requests that the block was asked, by whom, and by which rule it answered. */
export function RequestsPanel({ block }: { readonly block: BlockId }): ReactElement {
  const { t } = useI18n();
  const requests = useRequests(block, SHOWN);
  return (
    <section className="card panel-wide" aria-labelledby="requests-title">
      <h2 id="requests-title" className="task-title">
        {t('requests.title')}
      </h2>
      {requests.isError ? <ProblemNote error={requests.error} again={() => void requests.refetch()} /> : null}
      {requests.data?.length === 0 ? <p className="quiet">{t('requests.none')}</p> : null}
      <ol className="request-list">
        {requests.data?.map((entry) => (
          <RequestRow key={entry.entry} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function RequestRow({ entry }: { readonly entry: JournalEntry }): ReactElement {
  const { t, number } = useI18n();
  return (
    <li className="request">
      <Moment at={entry.time} withTime />
      <code className="request-line" dir="ltr">
        {entry.method} {entry.path}
      </code>
      <span
        className={entry.status >= 400 || entry.status === 0 ? 'badge badge-trouble' : 'badge badge-closed'}
      >
        {entry.status === 0 ? t('requests.unanswered') : entry.status}
      </span>
      <span className="quiet">
        {entry.rule === undefined ? null : <code>{entry.rule}</code>}{' '}
        {t('requests.took', { ms: number(Math.round(entry.milliseconds)) })}
      </span>
    </li>
  );
}

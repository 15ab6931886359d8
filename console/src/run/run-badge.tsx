import type { ReactElement } from 'react';
import type { RunStatus } from '../../../contracts/run-event.js';
import { useI18n } from '../i18n/i18n.js';

const looks: Readonly<Record<RunStatus, string>> = {
  pending: 'badge-ahead',
  running: 'badge-open',
  waiting: 'badge-waiting',
  suspended: 'badge-waiting',
  cancelled: 'badge-ahead',
  faulted: 'badge-trouble',
  completed: 'badge-closed',
};

export function RunBadge({ status }: { readonly status: RunStatus }): ReactElement {
  const { t } = useI18n();
  return <span className={`badge ${looks[status]}`}>{t(`runState.${status}`)}</span>;
}

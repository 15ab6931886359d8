import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { StreamState } from '../live/event-stream.js';

/** Says whether the page renews itself now. */
export function LiveMark({ state }: { readonly state: StreamState }): ReactElement {
  const { t } = useI18n();
  return (
    <p className={`live live-${state}`}>
      <span className="live-dot" aria-hidden="true" />
      {t(`case.${state}`)}
    </p>
  );
}

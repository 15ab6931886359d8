import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';

/** The time of an instant whose date stands above it. */
export function TimeOfDay({ at }: { readonly at: string }): ReactElement {
  const { time, dateTime } = useI18n();
  return (
    <time dateTime={at} title={dateTime(at)}>
      {time(at)}
    </time>
  );
}

/** An instant as a date, with its time where that matters. */
export function Moment({
  at,
  withTime = false,
}: {
  readonly at: string;
  readonly withTime?: boolean;
}): ReactElement {
  const { date, dateTime } = useI18n();
  return (
    <time dateTime={at} title={dateTime(at)}>
      {withTime ? dateTime(at) : date(at)}
    </time>
  );
}

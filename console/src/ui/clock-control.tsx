import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Principal } from '../../../contracts/identity.js';
import { useApi, useClock } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/message.js';
import { mayOperate } from '../model/acting.js';
import { DropDown } from './drop-down.js';
import { Moment } from './moment.js';
import { ProblemNote } from './problem-note.js';

type Move = { readonly by: string } | { readonly next: 'timer' };

const moves: readonly { readonly key: MessageKey; readonly move: Move }[] = [
  { key: 'clock.day', move: { by: 'P1D' } },
  { key: 'clock.month', move: { by: 'P1M' } },
  { key: 'clock.twoMonths', move: { by: 'P2M' } },
];

/** The date of the workspace; trainers can move it. */
export function ClockControl({
  principal,
}: {
  readonly principal: Principal | undefined;
}): ReactElement | null {
  const { t } = useI18n();
  const { data: clock } = useClock();
  if (clock === undefined) return null;
  const date = (
    <>
      <span className="visually-hidden">{t('clock.label')}: </span>
      <CalendarIcon />
      <Moment at={clock.now} />
    </>
  );
  return principal !== undefined && mayOperate(principal) ? (
    <MovableClock nextTimer={clock.nextTimer?.due ?? null}>{date}</MovableClock>
  ) : (
    <p className="clock">{date}</p>
  );
}

function CalendarIcon(): ReactElement {
  return (
    <svg
      className="icon"
      viewBox="0 0 20 20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    >
      <rect x="2.5" y="4" width="15" height="13.5" rx="2" />
      <path d="M2.5 8.5h15M6.5 1.8v4M13.5 1.8v4" />
    </svg>
  );
}

function MovableClock({
  nextTimer,
  children,
}: {
  readonly nextTimer: string | null;
  readonly children: ReactElement;
}): ReactElement {
  const { t, date, dateTime, number } = useI18n();
  const api = useApi();
  const client = useQueryClient();
  const move = useMutation({
    mutationFn: (to: Move) => api.post<{ now: string; fired: number }>('/api/v1/clock', to),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <DropDown name="clock" label={children}>
      <p className="menu-title">{t('clock.move')}</p>
      {moves.map(({ key, move: to }) => (
        <button
          key={key}
          type="button"
          className="button"
          disabled={move.isPending}
          onClick={() => move.mutate(to)}
        >
          {t(key)}
        </button>
      ))}
      <button
        type="button"
        className="button"
        disabled={move.isPending || nextTimer === null}
        onClick={() => move.mutate({ next: 'timer' })}
      >
        {nextTimer === null ? t('clock.none') : t('clock.next', { date: dateTime(nextTimer) })}
      </button>
      <p role="status" className="menu-status">
        {move.isPending ? t('clock.moving') : null}
        {move.data === undefined
          ? null
          : t('clock.moved', { date: date(move.data.now), n: number(move.data.fired) })}
      </p>
      {move.isError ? <ProblemNote error={move.error} /> : null}
    </DropDown>
  );
}

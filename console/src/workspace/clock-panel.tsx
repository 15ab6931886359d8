import type { ReactElement } from 'react';
import { useClock } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { ProblemNote } from '../ui/problem-note.js';
import { NextTimer } from './next-timer.js';
import { useChange } from './workspace-queries.js';

type Move =
  | { readonly by: string }
  | { readonly next: 'timer' }
  | { readonly freeze: true }
  | { readonly unfreeze: true };

export function ClockPanel(): ReactElement {
  const { t, dateTime, date, number } = useI18n();
  const { data: clock } = useClock();
  const move = useChange((api, to: Move) => api.post('/api/v1/clock', to));
  const button = (label: string, to: Move): ReactElement => (
    <button
      key={label}
      type="button"
      className="button"
      disabled={move.isPending}
      onClick={() => move.mutate(to)}
    >
      {label}
    </button>
  );
  const moved = move.data as { now: string; fired?: number } | undefined;
  return (
    <section className="card" aria-labelledby="place-clock">
      <h2 id="place-clock">{t('place.clock')}</h2>
      {clock === undefined ? null : (
        <>
          <p className="place-now">{dateTime(clock.now)}</p>
          <p className="quiet">
            {t(`place.${clock.state}`)}{' '}
            {clock.nextTimer === null ? t('clock.none') : <NextTimer timer={clock.nextTimer} />}
          </p>
          <div className="buttons">
            {button(t('clock.day'), { by: 'P1D' })}
            {button(t('clock.month'), { by: 'P1M' })}
            {button(t('clock.twoMonths'), { by: 'P2M' })}
            {clock.nextTimer === null
              ? null
              : button(t('clock.next', { date: dateTime(clock.nextTimer.due) }), { next: 'timer' })}
            {clock.state === 'frozen'
              ? button(t('place.unfreeze'), { unfreeze: true })
              : button(t('place.freeze'), { freeze: true })}
          </div>
        </>
      )}
      <p role="status" className="quiet">
        {move.isPending ? t('clock.moving') : null}
        {moved === undefined
          ? null
          : t('clock.moved', { date: date(moved.now), n: number(moved.fired ?? 0) })}
      </p>
      {move.isError ? <ProblemNote error={move.error} /> : null}
    </section>
  );
}

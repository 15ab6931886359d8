import { useState, type SubmitEvent, type ReactElement } from 'react';
import type { BlockId } from '../../../contracts/block.js';
import type { FaultKind, FaultRequest } from '../../../contracts/faults.js';
import { useBlockChange, useFaults, type Fault } from '../api/block-queries.js';
import { useI18n } from '../i18n/i18n.js';
import { Moment } from '../ui/moment.js';
import { ProblemNote } from '../ui/problem-note.js';

/** In the order in which a lesson takes them. */
const kinds = Object.keys({
  outage: true,
  error: true,
  latency: true,
  'timeout-after-effect': true,
  'malformed-answer': true,
  'dropped-connection': true,
  'slow-body': true,
  'ignore-idempotency-key': true,
  'lost-callbacks': true,
  'duplicate-callbacks': true,
  'out-of-order-callbacks': true,
} satisfies Record<FaultKind, true>) as readonly FaultKind[];
const MINUTES = [1, 5, 15, 60] as const;
/** Long enough to be seen on a screen, short enough to be waited for. */
const DELAY_MS = 3_000;

/** What is broken on purpose, and the tool to break more; everything mends itself after the chosen time. */
export function FaultPanel({ block }: { readonly block: BlockId }): ReactElement {
  const { t } = useI18n();
  const faults = useFaults(block);
  const mend = useBlockChange(block, (api, path, fault: string) =>
    api.delete(`${path}/faults/${encodeURIComponent(fault)}`),
  );
  return (
    <section className="card" aria-labelledby="faults-title">
      <h2 id="faults-title" className="task-title">
        {t('faults.title')}
      </h2>
      {faults.isError ? <ProblemNote error={faults.error} again={() => void faults.refetch()} /> : null}
      {faults.data?.length === 0 ? <p className="quiet">{t('faults.none')}</p> : null}
      <ul className="plain-list">
        {faults.data?.map((fault) => (
          <li key={fault.id} className="fault">
            <FaultLine fault={fault} />
            <button
              type="button"
              className="button"
              disabled={mend.isPending}
              onClick={() => mend.mutate(fault.id)}
            >
              {t('faults.mend')}
            </button>
          </li>
        ))}
      </ul>
      {mend.isError ? <ProblemNote error={mend.error} /> : null}
      <FaultForm block={block} />
    </section>
  );
}

function FaultLine({ fault }: { readonly fault: Fault }): ReactElement {
  const { t, number } = useI18n();
  return (
    <span>
      <strong>{t(`fault.${fault.kind}`)}</strong>{' '}
      {fault.operationId === undefined ? null : <code>{fault.operationId}</code>}{' '}
      {fault.probability === undefined
        ? null
        : t('faults.share', { percent: number(Math.round(fault.probability * 100)) })}{' '}
      {fault.expiresAt === undefined ? null : (
        <span className="quiet">
          {t('faults.until')} <Moment at={fault.expiresAt} withTime />
        </span>
      )}
    </span>
  );
}

function FaultForm({ block }: { readonly block: BlockId }): ReactElement {
  const { t, number } = useI18n();
  const [kind, setKind] = useState<FaultKind>('outage');
  const [minutes, setMinutes] = useState<number>(MINUTES[1]);
  const [share, setShare] = useState(100);
  const add = useBlockChange(block, (api, path, fault: FaultRequest) => api.post(`${path}/faults`, fault));
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    add.mutate({
      ...withDelay(kind),
      ...(share === 100 ? {} : { probability: share / 100 }),
      expiresAt: new Date(Date.now() + minutes * 60_000).toISOString(),
    });
  };
  return (
    <form className="panel-form" onSubmit={send}>
      <div className="filters">
        <label>
          {t('faults.kind')}
          <select value={kind} onChange={({ target }) => setKind(target.value as FaultKind)}>
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`fault.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('faults.for')}
          <select value={minutes} onChange={({ target }) => setMinutes(Number(target.value))}>
            {MINUTES.map((one) => (
              <option key={one} value={one}>
                {t('faults.minutes', { n: one })}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('faults.often')}
          <select value={share} onChange={({ target }) => setShare(Number(target.value))}>
            {[100, 50, 20].map((one) => (
              <option key={one} value={one}>
                {t('faults.share', { percent: number(one) })}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="quiet">{t(`faultHint.${kind}`)}</p>
      <p className="buttons">
        <button type="submit" className="button button-main" disabled={add.isPending}>
          {t('faults.break')}
        </button>
      </p>
      {add.isError ? <ProblemNote error={add.error} /> : null}
    </form>
  );
}

function withDelay(kind: FaultKind): FaultRequest {
  return kind === 'latency' || kind === 'slow-body' ? { kind, milliseconds: DELAY_MS } : { kind };
}

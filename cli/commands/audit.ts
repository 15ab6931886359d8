import type { AuditCheck, AuditEntry, AuditPage } from '../../contracts/audit.js';
import { paint } from '../paint.js';
import { createTrainer, type TrainerOptions } from '../trainer.js';

export interface AuditOptions extends TrainerOptions {
  readonly of: string;
  readonly subject?: string;
  readonly action?: string;
  readonly since?: string;
  readonly until?: string;
  readonly after?: number;
  readonly limit: number;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** `sandbox audit`: who changed what in a running sandbox. Exit code 1 when `--check` finds the chain broken. */
export async function audit(options: AuditOptions): Promise<void> {
  const { api } = await createTrainer(options);
  const { of, json = false } = options;
  if (options.check === true) {
    const check = await api.get<AuditCheck>(`/audit/check?of=${encodeURIComponent(of)}`);
    if (!check.intact) process.exitCode = 1;
    process.stdout.write(json ? `${JSON.stringify(check)}\n` : told(check));
    return;
  }
  const { subject, action, since, until, after, limit } = options;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ of, subject, action, since, until, after, limit }))
    if (value !== undefined) query.set(name, String(value));
  const { entries, next } = await api.get<AuditPage>(`/audit?${query.toString()}`);
  for (const entry of [...entries].reverse())
    process.stdout.write(json ? `${JSON.stringify(entry)}\n` : `${lineOf(entry)}\n`);
  if (!json && next !== undefined) process.stdout.write(paint('gray', `Older ones: --after ${next}\n`));
}

function lineOf({ seq, at, who, action, on, outcome }: AuditEntry): string {
  const what = Object.entries(on).map(([name, value]) => `${name}=${value}`);
  const by = who?.username ?? who?.subject ?? 'nobody';
  return [paint('gray', `${seq} ${at}`), paint('cyan', by), action, ...what, String(outcome)].join('  ');
}

function told({ entries, head, intact, brokenAt }: AuditCheck): string {
  return intact
    ? `The audit log holds: ${entries} entries.\nHead: ${head}\n`
    : `The audit log is broken at entry ${brokenAt ?? entries + 1}.\n`;
}

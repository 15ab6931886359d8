import type { Fault, FaultCount } from '../../contracts/block.js';
import { faultRequestSchema, type FaultRequest } from '../../contracts/faults.js';
import { SandboxError } from '../../contracts/problems.js';
import { createTrainer, type TrainerOptions } from '../trainer.js';

export interface FaultOptions extends TrainerOptions {
  readonly kind?: string;
  readonly operation?: string;
  readonly client?: string;
  readonly status?: number;
  readonly body?: string;
  readonly ms?: number;
  readonly least?: number;
  readonly most?: number;
  readonly median?: number;
  readonly p95?: number;
  readonly how?: string;
  readonly copies?: number;
  readonly times?: number;
  readonly probability?: number;
  readonly seed?: number;
  readonly for?: string;
  readonly off?: string;
  readonly list?: boolean;
  readonly clear?: boolean;
  readonly json?: boolean;
}

type Listed = Fault & FaultCount;

/** `sandbox fault`: breaks a block of a running sandbox, mends it, or tells what is broken, as a trainer. */
export async function fault(block: string, options: FaultOptions): Promise<void> {
  const { kind, off, clear, list } = options;
  const wishes = [kind, off, clear === true || undefined, list === true || undefined];
  if (wishes.filter((wish) => wish !== undefined).length > 1)
    throw new SandboxError('GSB-REQ-001', {
      detail: 'Give one of --kind, --off, --clear, --list, not several.',
    });
  const asked = kind === undefined ? undefined : faultOf(options, new Date());
  const path = `/blocks/${encodeURIComponent(block)}/faults`;
  const { api } = await createTrainer(options);
  if (asked !== undefined) {
    const added = await api.post<{ readonly fault: Listed }>(path, asked);
    say(options, added, [`${block}: ${lineOf(added.fault)}`]);
  } else if (off !== undefined) {
    await api.delete(`${path}/${encodeURIComponent(off)}`);
    say(options, { off }, [`${block}: ${off} is off.`]);
  } else if (clear === true) {
    await api.delete(path);
    say(options, { cleared: block }, [`${block}: no fault is on.`]);
  } else {
    const answer = await api.get<{ readonly faults: readonly Listed[] }>(path);
    const lines = answer.faults.map(lineOf);
    say(options, answer, lines.length > 0 ? lines : [`${block}: no fault is on.`]);
  }
}

/** The fault that the options describe. GSB-REQ-001 naming the option. */
function faultOf(options: FaultOptions, now: Date): FaultRequest {
  const { kind, operation, client, status, body, ms, least, most, median, p95, how, copies } = options;
  const wish = {
    kind,
    operationId: operation,
    client,
    status,
    body: body === undefined ? undefined : jsonOf(body),
    milliseconds: ms,
    least,
    most,
    median,
    p95,
    how,
    copies,
    times: options.times,
    probability: options.probability,
    seed: options.seed,
    expiresAt: options.for === undefined ? undefined : expiryOf(options.for, now),
  };
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const parsed = faultRequestSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const detail = parsed.error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${optionFor(String(path[0]))}: ${message}`))
    .join('; ');
  throw new SandboxError('GSB-REQ-001', { detail });
}

const renamed: Readonly<Record<string, string>> = {
  operationId: 'operation',
  milliseconds: 'ms',
  expiresAt: 'for',
};

function optionFor(member: string): string {
  return `--${renamed[member] ?? member}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function expiryOf(text: string, now: Date): string {
  const [, amount = '', unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const milliseconds = Number(amount) * (units[unit] ?? 0);
  if (milliseconds === 0)
    throw new SandboxError('GSB-REQ-001', { detail: `--for ${text}: write it as 30s, 10m, 2h or 1d.` });
  return new Date(now.getTime() + milliseconds).toISOString();
}

/** Such as `fault-1  latency of handOverBatch, 300 ms, 2 of 5 struck, until …`. */
function lineOf({
  id,
  block: _,
  kind,
  operationId,
  expiresAt,
  seen,
  hits,
  times,
  ...details
}: Listed): string {
  const parts = [
    `${kind}${operationId === undefined ? '' : ` of ${operationId}`}`,
    ...Object.entries(details).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
    `struck ${hits}${times === undefined ? '' : ` of ${times}`}, saw ${seen}`,
    ...(expiresAt === undefined ? [] : [`until ${expiresAt}`]),
  ];
  return `${id}  ${parts.join(', ')}`;
}

function say({ json }: FaultOptions, data: object, lines: readonly string[]): void {
  process.stdout.write(json === true ? `${JSON.stringify(data)}\n` : `${lines.join('\n')}\n`);
}

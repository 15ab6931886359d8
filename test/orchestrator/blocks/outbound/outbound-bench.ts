import { createHash, randomBytes } from 'node:crypto';
import type { Agent } from 'undici';
import type {
  CallEffect,
  EffectOrigin,
  EffectOutcome,
  OutboundCalls,
} from '../../../../contracts/catalog-function.js';
import { caseIdSchema, DEFAULT_WORKSPACE, runIdSchema } from '../../../../contracts/ids.js';
import type { Json, JsonObject } from '../../../../contracts/json.js';
import type { RunError } from '../../../../contracts/run-event.js';
import { createIdempotencyKey } from '../../../../orchestrator/blocks/idempotency-key.js';
import { createEgress } from '../../../../orchestrator/blocks/outbound/egress/egress.js';
import { parseHostPattern } from '../../../../orchestrator/blocks/outbound/egress/host-patterns.js';
import {
  createOutboundAgent,
  type Resolve,
} from '../../../../orchestrator/blocks/outbound/egress/outbound-agent.js';
import {
  createOutboundCalls,
  type OutboundDeps,
} from '../../../../orchestrator/blocks/outbound/outbound-calls.js';

export interface Bench {
  readonly call: OutboundCalls;
  /** Moves the clock by which tokens and documents age. */
  later(milliseconds: number): void;
  close(): Promise<void>;
}

export interface BenchOptions extends Partial<Omit<OutboundDeps, 'dispatcher' | 'egress'>> {
  /** `127.0.0.1` unless told. */
  readonly hosts?: string;
  /** Hosts that only connections may go to: targets of the host map. */
  readonly targets?: string;
  readonly resolve?: Resolve;
}

const open: Agent[] = [];

/** The way out as the sandbox composes it, with a clock that stands still. Closed by `closeBenches`. */
export function bench({ hosts = '127.0.0.1', targets = '', resolve, ...deps }: BenchOptions = {}): Bench {
  const patterns = (text: string): NonNullable<ReturnType<typeof parseHostPattern>>[] =>
    text.split(',').flatMap((one) => parseHostPattern(one) ?? []);
  const agent = createOutboundAgent({
    egress: createEgress([...patterns(hosts), ...patterns(targets)]),
    ...(resolve === undefined ? {} : { resolve }),
  });
  open.push(agent);
  let now = Date.parse('2026-01-01T00:00:00Z');
  const digest = { sha256: (text: string) => createHash('sha256').update(text).digest('hex') };
  return {
    call: createOutboundCalls({
      dispatcher: agent,
      egress: createEgress(patterns(hosts)),
      now: () => new Date(now),
      nonce: () => randomBytes(8).toString('hex'),
      idempotencyKey: createIdempotencyKey(digest),
      ...deps,
    }),
    later: (milliseconds) => {
      now += milliseconds;
    },
    close: () => agent.destroy(),
  };
}

export async function closeBenches(): Promise<void> {
  await Promise.all(open.splice(0).map((agent) => agent.destroy()));
}

export const origin: EffectOrigin = {
  run: {
    id: runIdSchema.parse('run-1'),
    workspace: DEFAULT_WORKSPACE,
    useCase: 'usct',
    caseId: caseIdSchema.parse('case-1'),
  },
  metadata: null,
  now: new Date('2026-01-01T00:00:00Z'),
};

/** A call as the engine asks for it. `written` is what stands in the document, when that is another thing. */
export function effect(
  call: 'http' | 'openapi',
  args: JsonObject,
  more: Partial<CallEffect> & { readonly written?: JsonObject } = {},
): CallEffect {
  const { written, ...rest } = more;
  return {
    kind: 'call',
    key: '/do/0/ask',
    task: { call, with: written ?? args },
    args,
    input: {},
    variables: {},
    doubtful: false,
    ...rest,
  };
}

/** The output of a call that must succeed. */
export function output(outcome: EffectOutcome): Json {
  if (outcome.kind !== 'output') throw new Error(`It ended with ${JSON.stringify(outcome)}`);
  return outcome.output;
}

/** The error of a call that must fail, its type by its last part. */
export function error(outcome: EffectOutcome): RunError {
  if (outcome.kind !== 'error') throw new Error(`It ended with ${JSON.stringify(outcome)}`);
  return { ...outcome.error, type: outcome.error.type.split('/').at(-1) ?? '' };
}

import { z } from 'zod';

/**
 * What a trainer breaks on purpose: one kind of fault each, with when it strikes. Faults belong to a workspace and a
 * building block; the API, the command line, scenario files and the kit of the mocks share these shapes.
 */
const striking = {
  /** An operation of the block's own document, or the name of a callback; all of them when absent. */
  operationId: z.string().min(1).optional(),
  /** Strikes so large a share of the requests; each one when absent. */
  probability: z.number().gt(0, 'more than 0, up to 1').max(1).optional(),
  /** With a seed the same requests are struck, in the same way, in every repetition: the first, the fourth ... */
  seed: z.int().min(0).optional(),
  /** Strikes so often, then no more. */
  times: z.int().min(1).optional(),
  /** Instant of real time after which it no longer strikes. */
  expiresAt: z.iso.datetime().optional(),
};
const request = {
  ...striking,
  /** Strikes calls of this client only: `instance/class/member/application`. */
  client: z.string().min(1).optional(),
};
const LONGEST_MS = 600_000;
const milliseconds = z.number().min(0).max(LONGEST_MS);

/** Answers `status` (503 when absent) without any effect, with this body or in the shape of the block's refusals. */
const error = z.strictObject({
  kind: z.literal('error'),
  ...request,
  status: z.int().min(400).max(599).optional(),
  body: z.json().optional(),
});

/** Nobody answers: no connection comes about. */
const outage = z.strictObject({ kind: z.literal('outage'), ...request });

/**
 * Answers late: always by `milliseconds`, by something between `least` and `most`, or by a lognormal delay with this
 * `median` and 95th percentile. All in milliseconds.
 */
const latency = z
  .strictObject({
    kind: z.literal('latency'),
    ...request,
    milliseconds: milliseconds.optional(),
    least: milliseconds.optional(),
    most: milliseconds.optional(),
    median: milliseconds.gt(0).optional(),
    p95: milliseconds.optional(),
  })
  .superRefine((fault, context) => {
    const complain = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    const { least, most, median, p95 } = fault;
    if ((least === undefined) !== (most === undefined))
      complain(least === undefined ? 'least' : 'most', 'least and most belong together');
    if ((median === undefined) !== (p95 === undefined))
      complain(median === undefined ? 'median' : 'p95', 'median and p95 belong together');
    const ways = [fault.milliseconds, least ?? most, median ?? p95].filter((way) => way !== undefined);
    if (ways.length !== 1)
      complain('milliseconds', 'give exactly one of milliseconds, least and most, median and p95');
    if (least !== undefined && most !== undefined && least > most)
      complain('most', 'must not be less than least');
    if (median !== undefined && p95 !== undefined && median > p95)
      complain('p95', 'must not be less than median');
  });

/** The effect happens, then the connection drops before anything of the answer: the caller cannot know. */
const timeoutAfterEffect = z.strictObject({ kind: z.literal('timeout-after-effect'), ...request });

export const malformations = ['cut-json', 'wrong-type', 'wrong-content-type'] as const;
export type Malformation = (typeof malformations)[number];

/** The effect happens, then the answer is spoilt: in the way of `how`, or in one that the seed chooses. */
const malformedAnswer = z.strictObject({
  kind: z.literal('malformed-answer'),
  ...request,
  how: z.enum(malformations).optional(),
});

/** The effect happens, then the connection drops in the middle of the answer. */
const droppedConnection = z.strictObject({ kind: z.literal('dropped-connection'), ...request });

/** The answer begins at once, and its body takes so long to arrive. */
const slowBody = z.strictObject({ kind: z.literal('slow-body'), ...request, milliseconds });

/** The block forgets what it did under an Idempotency-Key: a sloppy real system. */
const ignoreIdempotencyKey = z.strictObject({ kind: z.literal('ignore-idempotency-key'), ...request });

/** What was delivered is delivered again, so many more times (1 when absent). */
const duplicateCallbacks = z.strictObject({
  kind: z.literal('duplicate-callbacks'),
  ...striking,
  copies: z.int().min(1).max(20).optional(),
});

/** Held back for so many milliseconds of real time (2000 when absent), so that later callbacks overtake. */
const outOfOrderCallbacks = z.strictObject({
  kind: z.literal('out-of-order-callbacks'),
  ...striking,
  milliseconds: milliseconds.optional(),
});

/** Never delivered, although the block believes so. */
const lostCallbacks = z.strictObject({ kind: z.literal('lost-callbacks'), ...striking });

const requestFaults = [
  error,
  outage,
  latency,
  timeoutAfterEffect,
  malformedAnswer,
  droppedConnection,
  slowBody,
  ignoreIdempotencyKey,
] as const;
const callbackFaults = [duplicateCallbacks, outOfOrderCallbacks, lostCallbacks] as const;

/** A fault as somebody asks for it; the block is named elsewhere. Errors name the field. */
export const faultRequestSchema = z.discriminatedUnion('kind', [...requestFaults, ...callbackFaults]);
export type FaultRequest = z.infer<typeof faultRequestSchema>;
export type FaultKind = FaultRequest['kind'];

export type CallbackFaultKind = z.infer<(typeof callbackFaults)[number]>['kind'];

export const faultKinds: readonly FaultKind[] = [...requestFaults, ...callbackFaults].map(
  ({ shape }) => shape.kind.value,
);
const callbackKinds: ReadonlySet<FaultKind> = new Set(callbackFaults.map(({ shape }) => shape.kind.value));

export function isCallbackFault(kind: FaultKind): kind is CallbackFaultKind {
  return callbackKinds.has(kind);
}

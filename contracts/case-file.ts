import { z } from 'zod';
import { blockIds } from './block.js';
import type { Case } from './case.js';
import type { Exchange, ExchangePayload } from './exchange.js';
import { roleSchema, type Role } from './identity.js';
import type { JsonObject } from './json.js';
import type { PresentationPlan } from './presentation.js';
import type { RunEvent } from './run-event.js';
import type { Run } from './run.js';
import type { UseCaseManifest } from './use-case.js';

/**
 * A case with all that happened in it, and in the cases that it crosses: what `GET /cases/{id}/export` answers and a
 * browser opens again without a server. Events are canonical: the story, the report and the figures are derived from them.
 */
export const CASE_FILE_FORMAT = 'govstack-sandbox-case';

export interface CaseFile {
  readonly format: typeof CASE_FILE_FORMAT;
  readonly version: 1;
  /** What everybody must know who opens it. */
  readonly training: string;
  /** Real time. */
  readonly exportedAt: string;
  /** Without what was said in calls, which is personal. */
  readonly redacted: boolean;
  /** The case that was asked for; the others are those it crosses: opened by it, or whose runs moved it. */
  readonly caseId: string;
  readonly cases: readonly { readonly case: Case; readonly runs: readonly Run[] }[];
  readonly events: readonly { readonly run: string; readonly seq: number; readonly event: RunEvent }[];
  readonly exchanges: readonly {
    readonly seq: number;
    readonly exchange: Exchange;
    readonly payload?: ExchangePayload | undefined;
  }[];
  readonly tasks: readonly CaseFileTask[];
  /** What its texts are, in all its languages. */
  readonly useCase: {
    readonly manifest: UseCaseManifest;
    readonly locales: Readonly<Record<string, JsonObject>>;
    readonly presentation?: PresentationPlan | undefined;
  };
  /** The head of the message log's hash chain when this was written; null before anything is sealed. */
  readonly seal: { readonly head: string; readonly upTo: number } | null;
}

/** A person's task without what it showed and what was answered. */
export interface CaseFileTask {
  readonly id: string;
  readonly caseId: string;
  readonly runId: string;
  readonly key: string;
  readonly name: string;
  readonly role: Role;
  readonly form: string;
  readonly state: 'open' | 'claimed' | 'completed' | 'cancelled';
  /** Workspace time. */
  readonly createdAt: string;
  readonly completedAt?: string | undefined;
  /** The name of the officer who did it; citizens are not named. */
  readonly by?: string | undefined;
}

const text = z.string().max(2000);
const instant = z.iso.datetime({ offset: true });
const described = z.looseObject({ title: text });

/** As much as the console reads of a file that anybody may have edited. The rest is carried along. */
export const caseFileSchema = z.looseObject({
  format: z.literal(CASE_FILE_FORMAT, 'this is not a case exported from the sandbox'),
  version: z.literal(1, 'another version of the sandbox wrote it'),
  exportedAt: instant,
  redacted: z.boolean(),
  caseId: text,
  cases: z
    .array(
      z.looseObject({
        case: z.looseObject({
          id: text,
          useCase: text,
          kind: text,
          number: text,
          state: text,
          history: z.array(z.looseObject({ state: text, at: instant, run: text })),
          runs: z.array(text),
          facts: z.record(z.string(), z.json()),
          openedAt: instant,
        }),
        runs: z.array(z.looseObject({ id: text, caseId: text, status: text })),
      }),
    )
    .min(1),
  events: z.array(
    z.looseObject({
      run: text,
      seq: z.int(),
      event: z.looseObject({ type: text, at: instant, time: instant, key: text.optional() }),
    }),
  ),
  exchanges: z.array(
    z.looseObject({
      seq: z.int(),
      exchange: z.looseObject({
        id: text,
        at: instant,
        time: instant,
        client: text,
        service: text,
        block: z.enum(blockIds),
        method: text,
        path: text,
        status: z.int(),
        milliseconds: z.number(),
        outcome: z.enum(['answered', 'refused', 'unreachable']),
        fields: z.array(text).optional(),
        origin: z.looseObject({ runId: text, caseId: text, taskKey: text }).optional(),
      }),
    }),
  ),
  tasks: z.array(
    z.looseObject({
      id: text,
      caseId: text,
      runId: text,
      key: text,
      name: text,
      role: roleSchema,
      form: text,
      state: z.enum(['open', 'claimed', 'completed', 'cancelled']),
      createdAt: instant,
      completedAt: instant.optional(),
      by: text.optional(),
    }),
  ),
  useCase: z.looseObject({
    manifest: z.looseObject({
      id: text,
      title: text,
      steps: z.array(z.looseObject({ id: text, title: text })),
      cases: z.record(z.string(), described),
      services: z.record(z.string(), z.looseObject({ title: text, provider: text, code: text, block: text })),
    }),
    locales: z.record(z.string(), z.record(z.string(), z.json())),
  }),
  seal: z.object({ head: text, upTo: z.int() }).nullable(),
});

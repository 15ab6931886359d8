import { createHash, createHmac } from 'node:crypto';
import type { CatalogFunction, OutboundCalls } from '../../../contracts/catalog-function.js';
import { DEFAULT_WORKSPACE, runIdSchema } from '../../../contracts/ids.js';
import type { Limits } from '../../../contracts/limits.js';
import type { RetentionPolicy } from '../../../orchestrator/runtime/retention.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { silentLogger } from '../../../contracts/logger.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { JobQueues } from '../../../contracts/queue.js';
import type { RunLocks } from '../../../contracts/run-lock.js';
import type { RunEvent } from '../../../contracts/run-event.js';
import { streams } from '../../../contracts/streams.js';
import type { CaseKind } from '../../../contracts/use-case.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createMemoryQueues } from '../../../infra/memory/memory-queues.js';
import { loadWorkflow } from '../../../orchestrator/definition/load-workflow.js';
import type { BlockCallAnswer, BlockCallRequest } from '../../../orchestrator/runtime/block-call.js';
import { createLocalLocks } from '../../../orchestrator/runtime/local-locks.js';
import { createRuntime, type Runtime } from '../../../orchestrator/runtime/runtime.js';
import { engineDeps } from '../engine/drive.js';

export const workspace = DEFAULT_WORKSPACE;

const caseKind: CaseKind = {
  title: 'Test',
  workflow: 'test',
  startedBy: ['trainer'],
  numberPrefix: 'TEST',
  states: {
    initial: 'opened',
    final: ['closed'],
    transitions: [
      { from: ['opened'], to: 'working' },
      { from: ['working'], to: 'closed' },
    ],
  },
};

export interface World {
  readonly runtime: Runtime;
  readonly calls: BlockCallRequest[];
  readonly offset: { milliseconds: number };
  open(input?: JsonObject, key?: string): Promise<{ caseId: string; runId: string }>;
  events(runId: string): Promise<readonly RunEvent[]>;
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** A runtime on memory adapters. `kept` carries what survives a crash: the stores of an earlier world. */
export async function createWorld(options: {
  documents: readonly (string | WorkflowDocument)[];
  answer?: (call: BlockCallRequest) => Promise<BlockCallAnswer> | BlockCallAnswer;
  functions?: Readonly<Record<string, CatalogFunction>>;
  outbound?: OutboundCalls;
  retry?: { attempts?: number; retryMs?: number };
  queueAttempts?: number;
  secrets?: Readonly<Record<string, Json>>;
  concurrency?: number;
  /** Queues and locks that other worlds share. */
  queues?: JobQueues;
  locks?: RunLocks;
  limits?: Limits;
  retention?: RetentionPolicy;
  kept?: {
    documents: ReturnType<typeof createMemoryDocuments>;
    journal: ReturnType<typeof createMemoryJournal>;
  };
}): Promise<World & { kept: NonNullable<typeof options.kept> }> {
  const workflows: WorkflowDocument[] = options.documents.map((document, index) =>
    typeof document === 'string' ? loadWorkflow(document, `${index}.yaml`) : document,
  );
  const documents = options.kept?.documents ?? createMemoryDocuments();
  const journal = options.kept?.journal ?? createMemoryJournal();
  const queues = createMemoryQueues({ attempts: options.queueAttempts ?? 1 });
  const offset = { milliseconds: 0 };
  const start = new Date('2026-01-01T00:00:00Z').getTime();
  const calls: BlockCallRequest[] = [];
  const runtime = createRuntime({
    documents,
    journal,
    queues: options.queues ?? queues,
    locks: options.locks ?? createLocalLocks(),
    clocks: { of: () => ({ now: () => new Date(start + offset.milliseconds) }) },
    realClock: { now: () => new Date(start) },
    digest: {
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
      keyed: (text) => createHmac('sha256', 'test').update(text).digest('hex'),
    },
    logger: silentLogger,
    engine: { ...engineDeps, ...(options.limits === undefined ? {} : { limits: options.limits }) },
    ...(options.retention === undefined ? {} : { retention: options.retention }),
    catalog: {
      caseKind: () => caseKind,
      client: () => 'TEST/GOV/A/B',
      latest: (_useCase, name) => ({ namespace: 'test', name, version: '1.0.0' }),
      workflow: (_useCase, reference) => {
        const found = workflows.find(({ document }) => document.name === reference.name);
        if (found === undefined)
          throw new SandboxError('GSB-DEF-001', { detail: `There is no workflow ${reference.name}` });
        return found;
      },
    },
    blocks: {
      call: async (_workspace, _useCase, call) => {
        calls.push(call);
        const answered = {
          kind: 'answered',
          status: 200,
          headers: {},
          body: {},
          request: { method: 'POST', uri: '' },
        } as const;
        return (await options.answer?.(call)) ?? answered;
      },
    },
    outbound:
      options.outbound ?? ((effect) => Promise.reject(new Error(`No call leaves this world: ${effect.key}`))),
    ...(options.secrets === undefined ? {} : { secretsOf: () => Promise.resolve(options.secrets ?? {}) }),
    idempotencyKey: (run, key) => `${run}|${key}`,
    callbackUrl: (_workspace, run) => `http://callback/${run}`,
    functions: () => options.functions ?? {},
    withdraw: () => Promise.resolve(),
    fireBlockTimer: () => Promise.resolve(),
    ...(options.retry === undefined ? {} : { retry: options.retry }),
  });
  await runtime.start(options.concurrency ?? 4);
  return {
    runtime,
    calls,
    offset,
    kept: { documents, journal },
    open: async (input = {}, key = 'one') => {
      const opened = await runtime.openCase({
        workspace,
        useCase: 'test',
        kind: 'test',
        key,
        input,
        metadata: {},
      });
      return { caseId: opened.case.id, runId: opened.runId };
    },
    events: async (runId) => {
      const records = await journal.read(streams.run(workspace, runIdSchema.parse(runId)));
      return records.map(({ event }) => event as unknown as RunEvent);
    },
    settle: () => queues.drain(),
    close: async () => {
      await runtime.close();
      await queues.close();
    },
  };
}

export const call = (name: string, more = ''): string => `
  - ${name}:
      call: openapi
      with:
        document: { endpoint: 'govstack://payments/openapi.json' }
        operationId: ${name}
        parameters: { body: { amount: 10 } }
${more}`;

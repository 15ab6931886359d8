import { createHash } from 'node:crypto';
import type { EffectOutcome } from '../../../contracts/catalog-function.js';
import type { DocumentStore } from '../../../contracts/documents.js';
import type { HumanTask } from '../../../contracts/human-task.js';
import { DEFAULT_WORKSPACE, runIdSchema } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';
import type { Journal } from '../../../contracts/journal.js';
import { textOf, type Json, type JsonObject } from '../../../contracts/json.js';
import { silentLogger } from '../../../contracts/logger.js';
import type { RunEvent } from '../../../contracts/run-event.js';
import { streams } from '../../../contracts/streams.js';
import type { CaseKind } from '../../../contracts/use-case.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createMemoryQueues } from '../../../infra/memory/memory-queues.js';
import { loadWorkflow } from '../../../orchestrator/definition/load-workflow.js';
import type { BlockCallAnswer, BlockCallRequest } from '../../../orchestrator/runtime/block-call.js';
import { createLocalLocks } from '../../../orchestrator/runtime/local-locks.js';
import { createRuntime, type Runtime } from '../../../orchestrator/runtime/runtime.js';
import { createHumanTaskFunction } from '../../../orchestrator/tasks/human-task-function.js';
import { createHumanTasks, type HumanTasks } from '../../../orchestrator/tasks/human-tasks.js';
import { engineDeps } from '../../orchestrator/engine/drive.js';
import {
  crashingDocuments,
  crashingJournal,
  crashingQueues,
  type CrashPoints,
  type KeptJobs,
} from './crash-points.js';

export const workspace = DEFAULT_WORKSPACE;
const START = Date.parse('2026-01-01T00:00:00Z');

/** What outlives a crash: the stores, the block with its ledger, the clock. */
export interface Kept {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly jobs: KeptJobs;
  readonly ledger: Ledger;
  readonly offset: { milliseconds: number };
}

/** A building block with an append-only ledger: an honest witness of what was done how often. */
export interface Ledger {
  readonly entries: string[];
  readonly answers: Map<string, BlockCallAnswer>;
  readonly refusals: Map<string, number>;
}

export function createKept(stores: Partial<Pick<Kept, 'documents' | 'journal'>> = {}): Kept {
  return {
    documents: stores.documents ?? createMemoryDocuments(),
    journal: stores.journal ?? createMemoryJournal(),
    jobs: new Map(),
    ledger: { entries: [], answers: new Map(), refusals: new Map() },
    offset: { milliseconds: 0 },
  };
}

export interface CrashWorld {
  readonly runtime: Runtime;
  readonly tasks: HumanTasks;
  settle(): Promise<void>;
  close(): void;
}

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

export const officer: Principal = {
  subject: 'officer',
  username: 'officer',
  roles: ['case-officer'],
} as unknown as Principal;

/**
 * Operations of the ledger block: `pay` honours Idempotency-Key; `payForgetful` does not, but `status` tells what it
 * did; `payFailing` refuses twice and pays then; `payClosed` refuses until the ledger is told that it is open.
 */
function answerOf({ ledger }: Kept, points: CrashPoints) {
  const answered = (status: number, body: JsonObject): BlockCallAnswer => ({
    kind: 'answered',
    status,
    headers: {},
    body,
    request: { method: 'POST', uri: 'govstack://payments' },
  });
  return (call: BlockCallRequest): Promise<BlockCallAnswer> =>
    points.around(`call ${call.operationId}`, async () => {
      const name = textOf(call.parameters['name']);
      const key = call.headers['idempotency-key'] ?? '';
      if (call.operationId === 'status') return answered(200, { found: ledger.entries.includes(name), name });
      const refusals = ledger.refusals.get(name) ?? 0;
      const most = call.operationId === 'payFailing' ? 2 : call.operationId === 'payClosed' ? Infinity : 0;
      if (refusals < most) {
        ledger.refusals.set(name, refusals + 1);
        return answered(503, { detail: 'closed' });
      }
      const known = ledger.answers.get(key);
      if (known !== undefined && call.operationId !== 'payForgetful') return known;
      ledger.entries.push(name);
      const answer = answered(200, { name, number: 1 });
      ledger.answers.set(key, answer);
      return answer;
    });
}

/** A runtime that dies at a point, on stores that outlive it. Queues are lost with it; `kept.jobs` come back. */
export async function startCrashWorld(
  kept: Kept,
  points: CrashPoints,
  workflows: readonly string[],
  jobs: 'kept' | 'lost',
): Promise<CrashWorld> {
  const documents = crashingDocuments(kept.documents, points);
  const journal = crashingJournal(kept.journal, points);
  const memory = createMemoryQueues({ attempts: 1 });
  const left = [...kept.jobs].map(([queue, byId]) => [queue, [...byId.values()]] as const);
  kept.jobs.clear();
  const queues = crashingQueues(memory, points, kept.jobs);
  const loaded = workflows.map((text, index) => loadWorkflow(text, `${index}.yaml`));
  const clocks = { of: () => ({ now: () => new Date(START + kept.offset.milliseconds) }) };
  const realClock = { now: () => new Date(START) };
  const digest = {
    sha256: (text: string) => createHash('sha256').update(text).digest('hex'),
    keyed: (text: string) => createHash('sha256').update(`keyed${text}`).digest('hex'),
  };
  const late: { tasks?: HumanTasks } = {};
  const answer = answerOf(kept, points);
  const runtime = createRuntime({
    documents,
    journal,
    queues,
    locks: createLocalLocks(),
    clocks,
    realClock,
    digest,
    logger: silentLogger,
    engine: engineDeps,
    catalog: {
      caseKind: (_useCase, kind) => (kind === 'other' ? { ...caseKind, workflow: 'other' } : caseKind),
      client: () => 'TEST/GOV/A/B',
      latest: (_useCase, name) => ({ namespace: 'test', name, version: '1.0.0' }),
      workflow: (_useCase, reference) => loaded.find(({ document }) => document.name === reference.name)!,
    },
    blocks: { call: (_workspace, _useCase, request) => answer(request) },
    outbound: async ({ key, args }): Promise<EffectOutcome> => {
      const name = textOf((args as { parameters?: JsonObject }).parameters?.['name']);
      const parameters = { name };
      await answer({ operationId: 'pay', parameters, headers: { 'idempotency-key': key } } as never);
      return { kind: 'output', output: { name } };
    },
    idempotencyKey: (run, key) => `${run}|${key}`,
    callbackUrl: (_workspace, run) => `http://callback/${run}`,
    functions: (signals) => {
      late.tasks = createHumanTasks({
        documents,
        journal,
        clocks,
        realClock,
        digest,
        attest: () => Promise.resolve('attested'),
        formViolations: () => [],
        done: (task, outcome) =>
          signals.send(task.workspace, task.runId, {
            kind: 'done',
            id: `${task.id}:${outcome.at}`,
            key: task.key,
            output: outcome as unknown as Json,
          }),
      });
      return { humanTask: createHumanTaskFunction(late.tasks) };
    },
    withdraw: (key, { run }) => late.tasks!.withdraw(run.workspace, run.id, key),
    fireBlockTimer: () => Promise.resolve(),
  });
  const tasks = late.tasks!;
  const starting = (async () => {
    if (jobs === 'kept') {
      for (const [queue, each] of left)
        for (const { name, data, late: isLate } of each)
          if (!isLate) await queues.queue(queue).enqueue(name, data);
    }
    await runtime.start(4);
    await tasks.remind();
  })();
  await Promise.race([starting, points.crashed]);
  return {
    runtime,
    tasks,
    settle: () => memory.drain(),
    close: () => void memory.close(),
  };
}

export async function runEvents(kept: Kept, run: string): Promise<readonly RunEvent[]> {
  const records = await kept.journal.read(streams.run(workspace, runIdSchema.parse(run)));
  return records.map(({ event }) => event as unknown as RunEvent);
}

export async function openTasks(kept: Kept): Promise<readonly HumanTask[]> {
  const all = await kept.documents.collection<HumanTask>('tasks').find({ idPrefix: `${workspace}/` });
  return all.map(({ doc }) => doc).filter(({ state }) => state === 'open' || state === 'claimed');
}

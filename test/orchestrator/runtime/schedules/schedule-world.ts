import { createHash } from 'node:crypto';
import type { Case } from '../../../../contracts/case.js';
import { DEFAULT_WORKSPACE, runIdSchema } from '../../../../contracts/ids.js';
import { isJsonObject, type Json } from '../../../../contracts/json.js';
import { silentLogger } from '../../../../contracts/logger.js';
import type { CloudEvent, RunEvent } from '../../../../contracts/run-event.js';
import { streams } from '../../../../contracts/streams.js';
import type { Schedule, WorkflowDocument } from '../../../../contracts/workflow.js';
import { createMemoryDocuments } from '../../../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../../../infra/memory/memory-journal.js';
import { createMemoryQueues } from '../../../../infra/memory/memory-queues.js';
import { loadWorkflow } from '../../../../orchestrator/definition/load-workflow.js';
import { createLocalLocks } from '../../../../orchestrator/runtime/local-locks.js';
import { createRuntime, type Runtime } from '../../../../orchestrator/runtime/runtime.js';
import { createClockControl, type ClockControl } from '../../../../orchestrator/workspaces/clock-control.js';
import { createWorkspaceClocks } from '../../../../orchestrator/workspaces/workspace-clocks.js';
import { engineDeps } from '../../engine/drive.js';

export const workspace = DEFAULT_WORKSPACE;
const START = '2026-01-05T09:00:00.000Z';
const START_MS = Date.parse(START);

export interface Kept {
  readonly documents: ReturnType<typeof createMemoryDocuments>;
  readonly journal: ReturnType<typeof createMemoryJournal>;
}

/** A workflow by its name, its `do` and, when it starts by itself, its schedule. */
export function workflow(
  name: string,
  tasks: string,
  schedule?: Schedule,
  version = '1.0.0',
): WorkflowDocument {
  const text = `document: { dsl: 1.0.3, namespace: test, name: ${name}, version: ${version} }\ndo:\n${tasks}`;
  const loaded = loadWorkflow(text, `${name}.yaml`);
  return schedule === undefined ? loaded : { ...loaded, schedule };
}

export interface ScheduleWorld {
  readonly runtime: Runtime;
  readonly control: ClockControl;
  readonly kept: Kept;
  readonly real: { milliseconds: number };
  now(): string;
  /** Cases in the order in which they were opened. */
  cases(): Promise<readonly Case[]>;
  /** `at` of each case's start, as its run was told. */
  starts(): Promise<readonly (string | undefined)[]>;
  /** Input of each case's first run. */
  inputs(): Promise<readonly Json[]>;
  events(run: string): Promise<readonly RunEvent[]>;
  status(run: string): Promise<string | undefined>;
  open(name: string, key?: string, input?: Json): Promise<string>;
  publish(event: CloudEvent): ReturnType<Runtime['workspaceEvents']['publish']>;
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function createScheduleWorld(
  workflows: readonly WorkflowDocument[],
  options: {
    readonly kept?: Kept;
    readonly real?: { milliseconds: number };
    readonly register?: boolean;
  } = {},
): Promise<ScheduleWorld> {
  const kept = options.kept ?? { documents: createMemoryDocuments(), journal: createMemoryJournal() };
  const { documents, journal } = kept;
  const queues = createMemoryQueues({ attempts: 1 });
  const real = options.real ?? { milliseconds: START_MS };
  const realClock = { now: () => new Date(real.milliseconds) };
  const clocks = await createWorkspaceClocks(documents, realClock);
  const newest = (name: string): WorkflowDocument =>
    workflows.findLast(({ document }) => document.name === name)!;
  const runtime = createRuntime({
    documents,
    journal,
    queues,
    locks: createLocalLocks(),
    clocks,
    realClock,
    digest: {
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
      keyed: (text) => createHash('sha256').update(`keyed ${text}`).digest('hex'),
    },
    logger: silentLogger,
    engine: engineDeps,
    catalog: {
      caseKind: (_useCase, kind) => ({
        title: kind,
        workflow: kind,
        startedBy: ['trainer'],
        numberPrefix: 'TEST',
        states: { initial: 'opened', final: ['closed'], transitions: [] },
      }),
      client: () => 'TEST/GOV/A/B',
      latest: (_useCase, name) => {
        const { namespace, version } = newest(name).document;
        return { namespace, name, version };
      },
      workflow: (_useCase, { name, version }) =>
        workflows.find(({ document }) => document.name === name && document.version === version)!,
      scheduled: () =>
        [...new Set(workflows.map(({ document }) => document.name))].flatMap((name) => {
          const { schedule, document } = newest(name);
          return schedule === undefined
            ? []
            : [{ useCase: 'test', kind: name, workflow: name, version: document.version, schedule }];
        }),
    },
    blocks: { call: () => Promise.reject(new Error('There are no blocks here')) },
    outbound: () => Promise.reject(new Error('Nothing leaves this world')),
    idempotencyKey: (run, key) => `${run}|${key}`,
    callbackUrl: (_workspace, run) => `http://callback/${run}`,
    functions: () => ({}),
    withdraw: () => Promise.resolve(),
    fireBlockTimer: () => Promise.resolve(),
  });
  await runtime.start(4);
  if (options.register !== false) await runtime.schedules.register(workspace);
  await queues.drain();
  const cases = async (): Promise<readonly Case[]> =>
    (await runtime.cases.collection.find())
      .map(({ doc }) => doc)
      .toSorted((one, other) => (one.number < other.number ? -1 : 1));
  const created = async (): Promise<readonly Json[]> =>
    Promise.all(
      (await cases()).map(async ({ runs }) => {
        const [first] = await journal.read(streams.run(workspace, runs[0]!), { limit: 1 });
        return first?.payload ?? null;
      }),
    );
  return {
    runtime,
    kept,
    real,
    control: createClockControl({
      clocks,
      timers: runtime.timers,
      journal,
      locks: createLocalLocks(),
      realClock,
      logger: silentLogger,
      quiet: () => queues.drain(),
    }),
    now: () => clocks.of(workspace).now().toISOString(),
    cases,
    starts: async () =>
      (await created()).map((payload) => {
        const metadata = isJsonObject(payload) ? payload['metadata'] : undefined;
        const schedule = isJsonObject(metadata) ? metadata['schedule'] : undefined;
        return isJsonObject(schedule) ? (schedule['at'] as string | undefined) : undefined;
      }),
    inputs: async () =>
      (await created()).map((payload) => (isJsonObject(payload) ? (payload['input'] ?? null) : null)),
    events: async (run) =>
      (await journal.read(streams.run(workspace, runIdSchema.parse(run)))).map(
        ({ event }) => event as unknown as RunEvent,
      ),
    status: async (run) => (await runtime.store.runs.get(`${workspace}/${run}`))?.doc.status,
    open: async (name, key = 'one', input = {}) =>
      (await runtime.openCase({ workspace, useCase: 'test', kind: name, key, input, metadata: {} })).runId,
    publish: (event) => runtime.workspaceEvents.publish(workspace, event, 'yuki'),
    settle: () => queues.drain(),
    close: async () => {
      await runtime.close();
      await queues.close();
    },
  };
}

export function event(type: string, id: string, data: Json = {}, more: Partial<CloudEvent> = {}): CloudEvent {
  return { specversion: '1.0', id, source: 'https://example.org', type, data, ...more };
}

export const nothing = '  - nothing: { set: { done: true } }';

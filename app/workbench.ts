import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { CatalogFunction, OutboundCalls, WithdrawFunction } from '../contracts/catalog-function.js';
import type { Clock, WorkspaceClocks } from '../contracts/clock.js';
import type { Digest } from '../contracts/digest.js';
import type { DocumentStore } from '../contracts/documents.js';
import { DEFAULT_WORKSPACE, runIdSchema, type RunId, type WorkspaceId } from '../contracts/ids.js';
import type { Journal, JournalRecord } from '../contracts/journal.js';
import type { Json } from '../contracts/json.js';
import type { Logger } from '../contracts/logger.js';
import { SandboxError } from '../contracts/problems.js';
import type { JobQueues } from '../contracts/queue.js';
import type { Run } from '../contracts/run.js';
import type { CloudEvent, RunEvent, RunError } from '../contracts/run-event.js';
import type { RunLocks } from '../contracts/run-lock.js';
import { streams } from '../contracts/streams.js';
import type { CaseKind } from '../contracts/use-case.js';
import type { WorkflowDocument } from '../contracts/workflow.js';
import type { EngineDeps } from '../orchestrator/engine/index.js';
import { createIdempotencyKey } from '../orchestrator/blocks/idempotency-key.js';
import { createRuntime, type Runtime } from '../orchestrator/runtime/runtime.js';
import type { Published } from '../orchestrator/runtime/workspace-events.js';
import { runDocumentId } from '../orchestrator/runtime/run-store.js';
import type { Signals } from '../orchestrator/runtime/signals.js';
import { compareVersions } from './use-case-catalog.js';

/**
 * The workflow runtime by itself: no use case, no building blocks, no HTTP. For the conformance kit and for benchmarks, on
 * whatever storage it is handed.
 */
export interface Workbench {
  readonly runtime: Runtime;
  /** Starts a run of the newest version of a workflow; the same key finds the same run. */
  start(workflow: string, input: Json, key: string): Promise<RunId>;
  /** How a run stands. */
  look(run: RunId): Promise<WorkbenchRun>;
  /** The runs of a workflow in the order of their start: those that started by themselves, too. */
  runsOf(workflow: string): Promise<readonly RunId[]>;
  /** Publishes an event to all runs that listen, and to the schedules of `on`. */
  publish(event: CloudEvent): Promise<Published>;
  close(): Promise<void>;
}

export interface WorkbenchRun {
  readonly status: Run['status'];
  readonly output: Json;
  readonly error: RunError | undefined;
  readonly events: readonly RunEvent[];
  /** The events with their payloads, as they are journaled. */
  readonly records: readonly JournalRecord[];
}

export interface WorkbenchOptions {
  readonly workflows: readonly WorkflowDocument[];
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly queues: JobQueues;
  readonly locks: RunLocks;
  readonly clocks: WorkspaceClocks;
  readonly realClock: Clock;
  readonly engine: EngineDeps;
  readonly outbound: OutboundCalls;
  readonly functions?: (signals: Signals) => Readonly<Record<string, CatalogFunction>>;
  readonly withdraw?: WithdrawFunction;
  /** The secrets that a workflow lists; none when absent. */
  readonly secretsOf?: (
    workspace: WorkspaceId,
    names: readonly string[],
  ) => Promise<Readonly<Record<string, Json>>>;
  /** A human task was not done in time. */
  readonly fireTaskTimer?: (workspace: WorkspaceId, task: string) => Promise<void>;
  readonly logger: Logger;
  readonly concurrency: number;
}

const USE_CASE = 'workbench';

export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const digest = createDigest();
  const { workflows, journal } = options;
  const find = (name: string, version?: string, namespace?: string): WorkflowDocument => {
    const [newest] = workflows
      .filter(
        ({ document }) =>
          document.name === name &&
          (version ?? document.version) === document.version &&
          (namespace ?? document.namespace) === document.namespace,
      )
      .sort((one, other) => compareVersions(other.document.version, one.document.version));
    if (newest !== undefined) return newest;
    throw new SandboxError('GSB-DEF-001', {
      detail: `There is no workflow ${[namespace, name, version].filter((part) => part !== undefined).join('/')} on the workbench.`,
    });
  };
  const runtime = createRuntime({
    ...options,
    digest,
    catalog: {
      caseKind: (_useCase, kind) => caseKindOf(kind),
      client: () => 'SANDBOX/GOV/WORKBENCH/WORKBENCH',
      scheduled: () =>
        [...new Set(workflows.map(({ document }) => document.name))].flatMap((name) => {
          const { document, schedule } = find(name);
          return schedule === undefined
            ? []
            : [{ useCase: USE_CASE, kind: name, workflow: name, version: document.version, schedule }];
        }),
      latest: (_useCase, name) => {
        const { namespace, version } = find(name).document;
        return { namespace, name, version };
      },
      workflow: (_useCase, { namespace, name, version }) =>
        find(name, version === 'latest' ? undefined : version, namespace),
    },
    blocks: { call: () => Promise.reject(new Error('There are no building blocks on the workbench')) },
    idempotencyKey: createIdempotencyKey(digest),
    callbackUrl: (_workspace, run) => `http://workbench.invalid/cb/${run}`,
    functions: options.functions ?? (() => ({})),
    withdraw: options.withdraw ?? (() => Promise.resolve()),
    fireBlockTimer: () => Promise.resolve(),
    ...(options.secretsOf === undefined ? {} : { secretsOf: options.secretsOf }),
    ...(options.fireTaskTimer === undefined ? {} : { fireTaskTimer: options.fireTaskTimer }),
  });
  await runtime.start(options.concurrency);
  await runtime.schedules.register(DEFAULT_WORKSPACE);
  return {
    runtime,
    start: async (workflow, input, key) => {
      const { runId } = await runtime.openCase({
        workspace: DEFAULT_WORKSPACE,
        useCase: USE_CASE,
        kind: workflow,
        key,
        input,
        metadata: {},
      });
      return runId;
    },
    runsOf: async (workflow) => {
      const found = await runtime.store.runs.find({ idPrefix: `${DEFAULT_WORKSPACE}/` });
      return found
        .map(({ doc }) => doc)
        .filter((run) => run.workflow.name === workflow)
        .toSorted((one, other) => one.startedAt.localeCompare(other.startedAt))
        .map(({ id }) => id);
    },
    publish: (event) => runtime.workspaceEvents.publish(DEFAULT_WORKSPACE, event, 'workbench'),
    look: async (run) => {
      const [records, found] = await Promise.all([
        journal.read(streams.run(DEFAULT_WORKSPACE, run)),
        runtime.store.runs.get(runDocumentId(DEFAULT_WORKSPACE, runIdSchema.parse(run))),
      ]);
      const events = records.map(({ event }) => event as unknown as RunEvent);
      const completed = records.findLast(
        ({ event }) => (event as unknown as RunEvent).type === 'run.completed',
      );
      const faulted = events.findLast((event) => event.type === 'run.faulted');
      const payload = completed?.payload as { readonly output?: Json } | undefined;
      return {
        status: found?.doc.status ?? 'pending',
        output: payload?.output ?? null,
        error: faulted?.error,
        events,
        records,
      };
    },
    close: () => runtime.close(),
  };
}

/** Each workflow is a kind of case of its own that only ever stands. */
function caseKindOf(workflow: string): CaseKind {
  return {
    title: workflow,
    workflow,
    startedBy: ['developer'],
    numberPrefix: 'RUN',
    states: { initial: 'open', final: [], transitions: [] },
  };
}

function createDigest(): Digest {
  const secret = randomBytes(32);
  return {
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    keyed: (text) => createHmac('sha256', secret).update(text).digest('hex'),
  };
}

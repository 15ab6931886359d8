import type {
  BlockDeps,
  BlockId,
  BlockJob,
  BlockJobTime,
  BlockResponse,
  Callback,
  ServiceCall,
} from '../../../contracts/block.js';
import { workspaceIdSchema, type WorkspaceId } from '../../../contracts/ids.js';
import { silentLogger } from '../../../contracts/logger.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createFaults, type FaultBoard } from '../../../mocks/kit/faults.js';
import { rulesSeen } from './rules-seen.js';

export const WORKSPACE: WorkspaceId = workspaceIdSchema.parse('test');

export interface ManualClock {
  now(): Date;
  set(instant: string): void;
  forward(milliseconds: number): void;
}

export function createManualClock(start: string): ManualClock {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    set: (instant) => {
      at = Date.parse(instant);
    },
    forward: (milliseconds) => {
      at += milliseconds;
    },
  };
}

export interface PendingJob {
  readonly workspace: WorkspaceId;
  readonly block: BlockId;
  readonly job: BlockJob;
  readonly time: BlockJobTime;
}

/** Answers one service call; throw to play a lost connection. */
export type ServiceAnswer = (
  workspace: WorkspaceId,
  call: ServiceCall,
) => Promise<BlockResponse> | BlockResponse;

export interface TestDeps {
  readonly deps: BlockDeps;
  /** The workspace clock and the machine's clock: both stand still until a test moves them. */
  readonly clock: ManualClock;
  readonly realClock: ManualClock;
  readonly faults: FaultBoard;
  readonly callbacks: { readonly workspace: WorkspaceId; readonly callback: Callback }[];
  /** Scheduled and not yet run; keyed by id, as the real scheduler replaces a job of the same id. */
  readonly jobs: PendingJob[];
  readonly calls: ServiceCall[];
  answerServices(answer: ServiceAnswer): void;
  /** Takes the oldest job of that name (any when absent) out of the list. */
  takeJob(name?: string): PendingJob;
}

/** `BlockDeps` on an in-memory store, where nothing happens by itself. */
export function testDeps(overrides: Partial<BlockDeps> = {}): TestDeps {
  const clock = createManualClock('2025-03-01T08:00:00.000Z');
  const realClock = createManualClock('2025-03-01T08:00:00.000Z');
  const documents = overrides.documents ?? createMemoryDocuments();
  const faults = createFaults({ documents, realClock, random: () => 0.5 });
  const callbacks: TestDeps['callbacks'] = [];
  const jobs: PendingJob[] = [];
  const calls: ServiceCall[] = [];
  let answer: ServiceAnswer = (_workspace, call) => {
    throw new Error(`no test answers ${call.service}`);
  };
  let count = 0;
  const drop = (block: BlockId, id: string): void => {
    const at = jobs.findIndex((pending) => pending.block === block && pending.job.id === id);
    if (at >= 0) jobs.splice(at, 1);
  };
  const deps: BlockDeps = {
    documents,
    clocks: { of: () => clock },
    realClock,
    ids: { next: (prefix) => `${prefix}-${String(++count).padStart(6, '0')}` },
    logger: silentLogger,
    jobs: {
      schedule: async (workspace, block, job, time) => {
        drop(block, job.id);
        jobs.push({ workspace, block, job, time });
      },
      cancel: async (_workspace, block, id) => {
        drop(block, id);
      },
    },
    callbacks: {
      send: async (workspace, callback) => {
        if (!callbacks.some((sent) => sent.callback.id === callback.id))
          callbacks.push({ workspace, callback });
      },
    },
    services: {
      call: async (workspace, call) => {
        calls.push(call);
        return answer(workspace, call);
      },
    },
    attestations: { verify: async () => undefined },
    faults,
    requests: rulesSeen,
    ...overrides,
  };
  return {
    deps,
    clock,
    realClock,
    faults,
    callbacks,
    jobs,
    calls,
    answerServices: (next) => {
      answer = next;
    },
    takeJob(name) {
      const at = jobs.findIndex(({ job }) => name === undefined || job.name === name);
      const [found] = at < 0 ? [] : jobs.splice(at, 1);
      if (!found) throw new Error(`no job ${name ?? ''} is waiting`);
      return found;
    },
  };
}

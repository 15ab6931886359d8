import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Journal } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import { silentLogger } from '../../contracts/logger.js';
import type { RunEvent } from '../../contracts/run-event.js';
import { runOfStream } from '../../contracts/streams.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { openStorage } from '../../infra/storage.js';
import { createLocalLocks } from '../../orchestrator/runtime/local-locks.js';
import { createWorkspaceClocks } from '../../orchestrator/workspaces/workspace-clocks.js';
import { readConfig } from '../config.js';
import { createEngineDeps } from '../engine-deps.js';
import { openOutbound } from '../outbound.js';
import { projectFile } from '../project-file.js';
import { createSchemas } from '../use-case-catalog.js';
import { openWorkbench } from '../workbench.js';

export interface MeasuredWorkbench {
  /** Starts a run and waits until its completion is journaled; throws when it ends in another way. */
  run(workflow: string, input: Json): Promise<void>;
  /** Waits until nothing is in hand: what follows a run's end is done too. */
  rest(): Promise<void>;
  readonly description: string;
  close(): Promise<void>;
}

export interface MeasuredOptions {
  readonly workflows: readonly WorkflowDocument[];
  readonly concurrency: number;
  /** Absent for the embedded profile. */
  readonly redisUrl?: string | undefined;
  readonly mongoUri?: string | undefined;
}

/** The runtime on the storage that it really has, in a folder that is thrown away. */
export async function openMeasuredWorkbench(options: MeasuredOptions): Promise<MeasuredWorkbench> {
  const folder = await mkdtemp(join(tmpdir(), 'govstack-bench-'));
  const logger = silentLogger;
  const storage = await openStorage({
    redisUrl: options.redisUrl,
    mongoUri: options.mongoUri,
    dataDir: folder,
    templateFile: fileURLToPath(projectFile('dist/database-template.tar.gz')),
    logger,
  });
  const { documents, queues } = storage;
  const realClock = { now: () => new Date() };
  // Calls go the whole way out, with its rules; only the machine itself is allowed.
  const outbound = openOutbound({
    config: readConfig({ SANDBOX_OUTBOUND_HOSTS: '127.0.0.1' }),
    realClock,
    idempotencyKey: (run, key) => `${run}${key}`,
  });
  const ends = new Map<string, (type: string) => void>();
  // A short run may be over before its start is confirmed.
  const early = new Map<string, string>();
  const locks = await openLocks(options.redisUrl);
  const bench = await openWorkbench({
    workflows: options.workflows,
    documents,
    journal: watched(storage.journal, (run, type) => {
      const waiting = ends.get(run);
      if (waiting === undefined) early.set(run, type);
      else waiting(type);
      ends.delete(run);
    }),
    queues,
    locks,
    clocks: await createWorkspaceClocks(documents, realClock),
    realClock,
    engine: await createEngineDeps(createSchemas().violation),
    outbound: outbound.calls,
    logger,
    concurrency: options.concurrency,
  });
  let started = 0;
  // Keys of different benches on one server must not meet.
  const name = `${Date.now()}`;
  return {
    description: `journal and queues: ${storage.description.journal.split(',')[0]}; documents: ${storage.description.documents.split(',')[0]}`,
    run: async (workflow, input) => {
      const run = await bench.start(workflow, input, `${name}/${(started += 1)}`);
      const type = early.get(run) ?? (await new Promise<string>((resolve) => ends.set(run, resolve)));
      early.delete(run);
      if (type !== 'run.completed') throw new Error(`${run} ended with ${type}`);
    },
    rest: async () => {
      while (!(await bench.runtime.idle())) await new Promise((resolve) => setTimeout(resolve, 2));
    },
    close: async () => {
      await bench.close();
      await outbound.close();
      await storage.close();
      await locks.close();
      await rm(folder, { recursive: true, force: true });
    },
  };

  async function openLocks(
    url: string | undefined,
  ): Promise<ReturnType<typeof createLocalLocks> & { close(): Promise<void> }> {
    if (url === undefined) return { ...createLocalLocks(), close: () => Promise.resolve() };
    const { createRedisLocks } = await import('../../infra/locks/redis-locks.js');
    return createRedisLocks({ url, logger });
  }
}

const ENDS = new Set(['run.completed', 'run.faulted', 'run.cancelled']);

/** Tells of runs that ended, once that is durable. */
function watched(journal: Journal, ended: (run: string, type: string) => void): Journal {
  return {
    ...journal,
    append: async (stream, expectedVersion, entries) => {
      const result = await journal.append(stream, expectedVersion, entries);
      const run = runOfStream(stream);
      const last = entries.at(-1)?.event as unknown as RunEvent | undefined;
      if (run !== undefined && last !== undefined && ENDS.has(last.type)) ended(run, last.type);
      return result;
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../app/config.js';
import { startSandbox, type Sandbox } from '../../app/sandbox.js';
import { createAccess, type Access } from '../../cli/access.js';
import { ApiRefusal, type CaseAnswer, type TasksAnswer } from '../../cli/api-client.js';
import { freePort } from '../../cli/free-port.js';
import { pause } from '../../cli/real-clock.js';
import type { Case } from '../../contracts/case.js';
import type { Clock } from '../../contracts/clock.js';
import { silentLogger, type Logger } from '../../contracts/logger.js';
import { streams } from '../../contracts/streams.js';
import type { WorkspaceView } from '../../contracts/workspace.js';
import type { Storage } from '../../infra/storage.js';

/** A sandbox with workspaces, started and stopped by the test. */
export interface WorkspacesBench {
  readonly sandbox: () => Sandbox;
  /** The personas, in a workspace. */
  readonly in: (workspace?: string) => Access;
  readonly create: (title: string, more?: object) => Promise<WorkspaceView>;
  /** The same data again, as after the end of the process. */
  readonly restart: () => Promise<void>;
  readonly dataDir: string;
  close(): Promise<void>;
}

export async function startWorkspacesBench(options: {
  readonly useCaseFolder?: string;
  readonly realClock?: Clock;
  readonly env?: NodeJS.ProcessEnv;
  readonly logger?: Logger;
}): Promise<WorkspacesBench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-workspaces-'));
  const port = await freePort();
  const start = (): Promise<Sandbox> =>
    startSandbox({
      config: readConfig(options.env ?? {}, { port, dataDir }),
      logger: options.logger ?? silentLogger,
      environment: {},
      ...(options.useCaseFolder === undefined ? {} : { useCaseFolder: options.useCaseFolder }),
      ...(options.realClock === undefined ? {} : { realClock: options.realClock }),
    });
  let sandbox = await start();
  let known = new Map<string, Access>();
  const access = (workspace = 'default'): Access => {
    const found = known.get(workspace) ?? createAccess({ origin: sandbox.origin, workspace });
    known.set(workspace, found);
    return found;
  };
  return {
    sandbox: () => sandbox,
    in: access,
    create: async (title, more = {}) => {
      const body = { title, ...more };
      return (await access().as('tara').post<{ workspace: WorkspaceView }>('/workspaces', body)).workspace;
    },
    restart: async () => {
      await sandbox.close();
      known = new Map();
      sandbox = await start();
    },
    dataDir,
    close: async () => {
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (let looks = 0; looks < 1500; looks += 1) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await pause(10);
  }
  throw new Error(`${what} did not happen`);
}

export async function refusalOf(work: Promise<unknown>): Promise<ApiRefusal> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiRefusal) return error;
    throw error;
  }
  throw new Error('It was accepted');
}

export async function openCase(access: Access, kind: string, as = 'cora'): Promise<Case> {
  const body = { useCase: 'small', kind, input: {} };
  return (await access.as(as).post<{ case: Case }>('/cases', body)).case;
}

export const lookAt = (access: Access, of: Pick<Case, 'id'>): Promise<CaseAnswer> =>
  access.as('tara').get<CaseAnswer>(`/cases/${of.id}`);

export async function ended(access: Access, of: Case): Promise<CaseAnswer> {
  return until(`The end of ${of.number}`, async () => {
    const answer = await lookAt(access, of);
    return answer.runs.every(({ status }) => status === 'completed') ? answer : undefined;
  });
}

export async function taskOf(access: Access, of: Case): Promise<string> {
  return until(`A task of ${of.number}`, async () => {
    const { tasks } = await access.as('olga').get<TasksAnswer>(`/tasks?case=${of.id}&state=open`);
    return tasks[0]?.id;
  });
}

/** Every document and stream of the stores that names the workspace, wherever it does. */
export async function leftOf(storage: Storage, workspace: string): Promise<readonly string[]> {
  const collections = await storage.documents.collections();
  if (collections.length < 20) throw new Error(`Only ${collections.length} collections were looked at`);
  const left: string[] = [];
  for (const name of collections) {
    const found = await storage.documents.collection(name).find();
    for (const { doc } of found)
      if (JSON.stringify(doc).includes(workspace)) left.push(`${name}: ${doc._id}`);
  }
  // The audit log stays when its workspace is removed (contracts/streams.ts).
  const streamsLeft = (await storage.journal.streams('')).filter(
    (stream) => stream.includes(workspace) && stream !== streams.audit(workspace),
  );
  return [...left, ...streamsLeft];
}

import { readConfig, type SandboxConfig } from '../../../app/config.js';
import { freePort } from '../../../cli/free-port.js';
import { pause } from '../../../cli/real-clock.js';
import { openSession, type Session } from '../../../cli/session.js';
import type { Case } from '../../../contracts/case.js';
import type { HumanTask } from '../../../contracts/human-task.js';
import { silentLogger } from '../../../contracts/logger.js';
import type { Run } from '../../../contracts/run.js';
import { humanTask, listen, writeSmallUseCase } from '../small-use-case.js';

/** An installation with one run for each thing that a run can wait for: a person, a date, an event. */
const waitsFor = ['check', 'rest', 'hear'] as const;

export function writeWaitingUseCase(): Promise<string> {
  return writeSmallUseCase({
    check: { tasks: humanTask('check', 'due: P3D') },
    rest: { tasks: '  - rest: { wait: P30D }' },
    hear: { tasks: listen('hear', 'org.example.flood') },
  });
}

export async function configOf(
  dataDir: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<SandboxConfig> {
  return readConfig({ ...variables }, { port: await freePort(), dataDir });
}

/** Opens the three cases, and stops once all of their runs wait. */
export async function begin(config: SandboxConfig, useCases: string): Promise<void> {
  await within(config, useCases, async (session) => {
    for (const kind of waitsFor)
      await session.as('cora').post<{ case: Case }>('/cases', { useCase: 'small', kind, input: {} });
    await until(
      session,
      (runs) => runs.length === waitsFor.length && runs.every(({ status }) => status === 'waiting'),
    );
  });
}

/** How the runs were found, and how they ended after what each of them waits for was done. */
export interface Continued {
  readonly found: readonly string[];
  readonly ended: readonly string[];
}

export const wentOn: Continued = {
  found: waitsFor.map(() => 'waiting'),
  ended: waitsFor.map(() => 'completed'),
};

export async function goOn(config: SandboxConfig, useCases: string): Promise<Continued> {
  return within(config, useCases, async (session) => {
    const waiting = await until(session, (runs) => runs.length === waitsFor.length);
    const { tasks } = await session.as('olga').get<{ tasks: readonly HumanTask[] }>('/tasks?state=open');
    for (const { id } of tasks)
      await session.as('olga').post(`/tasks/${id}/complete`, { data: { decision: 'approve' } });
    await session.as('tara').post('/clock', { by: 'P31D' });
    const event = {
      specversion: '1.0',
      id: 'flood-1',
      source: '/tests',
      type: 'org.example.flood',
      data: {},
    };
    await session.as('dora').post('/events', { event });
    const done = await until(session, (runs) => runs.every(({ status }) => status === 'completed'));
    return { found: waiting.map(({ status }) => status), ended: done.map(({ status }) => status) };
  });
}

async function within<T>(
  config: SandboxConfig,
  useCases: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await openSession(config, silentLogger, useCases);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

async function until(session: Session, holds: (runs: readonly Run[]) => boolean): Promise<readonly Run[]> {
  const lastTry = Date.now() + 60_000;
  for (;;) {
    const { runs } = await session.as('tara').get<{ runs: readonly Run[] }>('/runs?limit=50');
    if (runs.length > 0 && holds(runs)) return runs;
    if (Date.now() > lastTry) throw new Error(`runs stay ${runs.map(({ status }) => status).join(', ')}`);
    await pause(50);
  }
}

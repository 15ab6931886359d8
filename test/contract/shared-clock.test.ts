import { afterEach, describe, expect, it } from '@jest/globals';
import { openWorkbench, type Workbench } from '../../app/workbench.js';
import { DEFAULT_WORKSPACE as workspace } from '../../contracts/ids.js';
import { silentLogger } from '../../contracts/logger.js';
import { streams } from '../../contracts/streams.js';
import { createRedisJournal } from '../../infra/journal/redis/redis-journal.js';
import { createRedisLocks } from '../../infra/locks/redis-locks.js';
import { createMemoryDocuments } from '../../infra/memory/memory-documents.js';
import { createRedisQueues } from '../../infra/queue/redis/redis-queues.js';
import { createClockControl, type ClockControl } from '../../orchestrator/workspaces/clock-control.js';
import { followClocks } from '../../orchestrator/workspaces/follow-clocks.js';
import { createWorkspaceClocks, type MovableClocks } from '../../orchestrator/workspaces/workspace-clocks.js';
import { engineDeps } from '../orchestrator/engine/drive.js';
import { workflow } from '../orchestrator/runtime/schedules/schedule-world.js';
import { withService } from './services.js';

interface Worker {
  readonly workbench: Workbench;
  readonly clocks: MovableClocks;
  readonly control: ClockControl;
  readonly journal: Awaited<ReturnType<typeof createRedisJournal>>;
}

withService('workers that share a clock: redis', 'SANDBOX_TEST_REDIS_URL', (url) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  const realClock = { now: () => new Date() };
  const workflows = [
    // A wait inside of each: it must count from the instant of the start, whichever worker has the run.
    workflow('weekly', '  - rest: { wait: P2D }', { every: 'P1W' }),
    workflow('daily', '  - rest: { wait: PT1H }\n  - again: { wait: PT1H }', { every: 'P1D' }),
  ];

  /** As a process of its own: it shares the stores and nothing else. */
  async function open(documents: ReturnType<typeof createMemoryDocuments>, run: string): Promise<Worker> {
    const prefix = `gsb-test-${process.pid}-${run}`;
    const journal = await createRedisJournal({ url, prefix: `${prefix}:`, logger: silentLogger });
    const queues = await createRedisQueues({ url, prefix, logger: silentLogger });
    const locks = await createRedisLocks({ url, prefix: `${prefix}:lock:`, logger: silentLogger });
    const clocks = await createWorkspaceClocks(documents, realClock);
    const following = await followClocks({ journal, clocks, logger: silentLogger });
    closing.push(
      () => journal.close(),
      () => queues.close(),
      () => locks.close(),
      () => following.close(),
    );
    const workbench = await openWorkbench({
      workflows,
      documents,
      journal,
      queues,
      locks,
      clocks,
      realClock,
      engine: engineDeps,
      outbound: () => Promise.reject(new Error('Nothing leaves this bench')),
      logger: silentLogger,
      concurrency: 4,
    });
    closing.push(() => workbench.close());
    const control = createClockControl({
      clocks,
      timers: workbench.runtime.timers,
      journal,
      locks,
      realClock,
      logger: silentLogger,
      quiet: async () => {
        while (!(await workbench.runtime.idle())) await new Promise((resolve) => setTimeout(resolve, 2));
      },
    });
    return { workbench, clocks, control, journal };
  }

  describe('workers that share a clock: redis', () => {
    it('start and wait at the instants of one clock, whoever has the run, and once', async () => {
      const documents = createMemoryDocuments();
      const [one, other] = [await open(documents, 'a'), await open(documents, 'a')];
      await one.control.change(workspace, { kind: 'freeze' }, 'test');
      await one.control.change(workspace, { kind: 'by', duration: 'P15D' }, 'test');
      const schedules = documents.collection<{ _id: string; began: string }>('schedules');
      const day = 86_400_000;
      for (const { name, count, every, waits } of [
        { name: 'weekly', count: 2, every: 7 * day, waits: [2 * day] },
        { name: 'daily', count: 15, every: day, waits: [day / 24, day / 12] },
      ]) {
        const began = Date.parse((await schedules.get(`${workspace}/workbench/${name}`))!.doc.began);
        const runs = await other.workbench.runsOf(name);
        expect(runs).toHaveLength(count);
        for (const [index, run] of runs.entries()) {
          const { events } = await other.workbench.look(run);
          const ends = events.filter(({ type }) => type === 'task.completed');
          const start = began + (index + 1) * every;
          expect(Date.parse(events[0]!.time)).toBe(start);
          expect(ends.map(({ time }) => Date.parse(time) - start)).toEqual(waits.slice(0, ends.length));
        }
      }
      const log = await other.journal.read(streams.log(workspace));
      expect(log.filter(({ event }) => (event as { type: string }).type === 'clock.moved')).toHaveLength(1);
      // The other one hears of it by itself.
      while (other.clocks.of(workspace).now().toISOString() !== one.clocks.of(workspace).now().toISOString())
        await new Promise((resolve) => setTimeout(resolve, 2));
      expect(other.clocks.standing(workspace)).toBe('frozen');
      // And a second move at the same time is refused, whoever asks.
      const both = await Promise.allSettled([
        one.control.change(workspace, { kind: 'by', duration: 'P3D' }, 'one'),
        other.control.change(workspace, { kind: 'by', duration: 'P3D' }, 'other'),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }, 60_000);
  });
});

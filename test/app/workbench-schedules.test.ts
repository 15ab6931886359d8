import { describe, expect, it } from '@jest/globals';
import { openWorkbench } from '../../app/workbench.js';
import { DEFAULT_WORKSPACE } from '../../contracts/ids.js';
import { silentLogger } from '../../contracts/logger.js';
import { createMemoryDocuments } from '../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../infra/memory/memory-journal.js';
import { createMemoryQueues } from '../../infra/memory/memory-queues.js';
import { createLocalLocks } from '../../orchestrator/runtime/local-locks.js';
import { createClockControl } from '../../orchestrator/workspaces/clock-control.js';
import { createWorkspaceClocks } from '../../orchestrator/workspaces/workspace-clocks.js';
import { engineDeps } from '../orchestrator/engine/drive.js';
import { nothing, workflow } from '../orchestrator/runtime/schedules/schedule-world.js';

describe('the workbench', () => {
  it('starts workflows by schedule and by events, and tells their runs', async () => {
    const documents = createMemoryDocuments();
    const journal = createMemoryJournal();
    const queues = createMemoryQueues();
    const realClock = { now: () => new Date('2026-01-05T09:00:00Z') };
    const clocks = await createWorkspaceClocks(documents, realClock);
    const workbench = await openWorkbench({
      workflows: [
        workflow('weekly', nothing, { every: 'P1W' }),
        workflow('warned', '  - given: { set: "${ . }" }', { on: { one: { with: { type: 'flood' } } } }),
      ],
      documents,
      journal,
      queues,
      locks: createLocalLocks(),
      clocks,
      realClock,
      engine: engineDeps,
      outbound: () => Promise.reject(new Error('Nothing leaves this bench')),
      logger: silentLogger,
      concurrency: 4,
    });
    const control = createClockControl({
      clocks,
      timers: workbench.runtime.timers,
      journal,
      locks: createLocalLocks(),
      realClock,
      logger: silentLogger,
      quiet: () => queues.drain(),
    });
    await control.change(DEFAULT_WORKSPACE, { kind: 'by', duration: 'P15D' }, 'test');
    expect(await workbench.runsOf('weekly')).toHaveLength(2);
    const event = { specversion: '1.0', id: '1', source: 'test', type: 'flood', data: { level: 3 } } as const;
    expect(await workbench.publish(event)).toMatchObject({ started: 1 });
    await queues.drain();
    const [run] = await workbench.runsOf('warned');
    expect(await workbench.look(run!)).toMatchObject({ status: 'completed', output: [{ level: 3 }] });
    await workbench.close();
    await queues.close();
  });
});

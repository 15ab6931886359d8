import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import { runIdSchema } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import { streams } from '../../contracts/streams.js';
import type { WorkspaceEvent } from '../../contracts/workspace-event.js';
import { writeBackup } from '../../infra/backup/backup-file.js';
import { contentsOf } from '../../infra/backup/contents.js';
import type { Storage } from '../../infra/storage.js';
import type { DataPorts } from '../../orchestrator/http/ports/data-ports.js';
import type { Runtime } from '../../orchestrator/runtime/runtime.js';
import type { Workspaces } from '../../orchestrator/workspaces/workspaces.js';
import { createErasePerson } from '../erase/erase-person.js';
import type { WorkspaceUpkeep } from '../workspace-upkeep.js';

export interface DataPortDeps {
  readonly storage: Storage;
  readonly workspaces: Pick<Workspaces, 'all' | 'isOver'>;
  readonly upkeep: Pick<WorkspaceUpkeep, 'exclusively'>;
  readonly runtime: Pick<Runtime, 'signals' | 'store'>;
  readonly clocks: WorkspaceClocks;
  readonly realClock: Clock;
  readonly clearRequests: Parameters<typeof createErasePerson>[0]['clearRequests'];
}

/** How long a cancelled run may take to end, with what it undoes. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Joins the API to what is done to data as a whole. */
export function createDataPorts(deps: DataPortDeps): DataPorts {
  const { storage, upkeep, runtime, realClock } = deps;
  const erasePerson = createErasePerson({
    ...storage,
    clearRequests: deps.clearRequests,
    alone: (workspace, work) => upkeep.exclusively([workspace], work),
    cancel: async (workspace, { id, _id }) => {
      const signal = { kind: 'cancel', id: `erasure:${id}`, reason: 'the person is erased' } as const;
      await runtime.signals.send(workspace, runIdSchema.parse(id), signal);
      for (const until = realClock.now().getTime() + PATIENCE_MS; ;) {
        const status = (await runtime.store.runs.get(_id))?.doc.status;
        if (status === undefined || ['completed', 'faulted', 'cancelled'].includes(status)) return;
        if (realClock.now().getTime() > until)
          throw new SandboxError('GSB-REQ-003', {
            detail: `The run ${id} of this person was cancelled and has not ended yet. Ask again when it has; nothing was erased.`,
          });
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    },
  });
  return {
    backup: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'govstack-sandbox-backup-'));
      const done = (): Promise<void> => rm(folder, { recursive: true, force: true });
      try {
        const file = join(folder, 'backup.gz');
        const all = (await deps.workspaces.all()).filter((one) => !deps.workspaces.isOver(one));
        const ids = all.map(({ _id }) => _id);
        await upkeep.exclusively(ids, () =>
          writeBackup(file, realClock.now().toISOString(), contentsOf(storage)),
        );
        return { file, done };
      } catch (error) {
        await done();
        throw error;
      }
    },
    erase: async (workspace, person, reason, { username }) => {
      const erased = await erasePerson(workspace, person);
      const event: WorkspaceEvent = {
        type: 'person.erased',
        person,
        reason,
        by: username,
        time: deps.clocks.of(workspace).now().toISOString(),
        at: realClock.now().toISOString(),
      };
      await storage.journal.append(streams.log(workspace), 'any', [{ event }]);
      return { ...erased };
    },
  };
}

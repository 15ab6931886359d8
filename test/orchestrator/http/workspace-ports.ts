import { workspaceIdSchema } from '../../../contracts/ids.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { SnapshotView, WorkspaceView } from '../../../contracts/workspace.js';
import type { WorkspacePorts } from '../../../orchestrator/http/ports/workspace-ports.js';

const room: WorkspaceView = {
  id: workspaceIdSchema.parse('room'),
  title: 'Room 1',
  joinCode: 'UVMR-TPFA',
  url: 'http://localhost:4000/w/room',
  createdAt: '2026-01-05T09:00:00.000Z',
  createdBy: 'trainer-yuki',
  limits: {},
  country: 'default',
  locale: 'en',
  seed: 'default',
};
const snapshot: SnapshotView = {
  name: 'a',
  takenAt: '2026-01-05T09:00:00.000Z',
  takenBy: 'trainer-yuki',
  workspaceTime: '2026-01-05T09:00:00.000Z',
  documents: 1,
  entries: 2,
  bytes: 3,
};

/** One workspace, `room`; a trainer and an administrator manage it. */
export function workspacePorts(note: (...parts: readonly unknown[]) => void): WorkspacePorts {
  const noted = (...parts: readonly unknown[]): Promise<void> => {
    note(...parts);
    return Promise.resolve();
  };
  return {
    list: () => Promise.resolve([room]),
    create: (wanted, by) => {
      note('workspaces.create', wanted.title, by.username);
      return Promise.resolve(room);
    },
    managed: (id) =>
      id === 'room'
        ? Promise.resolve(room)
        : Promise.reject(new SandboxError('GSB-REQ-002', { detail: `There is no workspace ${id}.` })),
    change: (id, change) => {
      note('workspaces.change', id, change);
      return Promise.resolve({ ...room, title: change.title ?? room.title });
    },
    remove: (id, by) => noted('workspaces.remove', id, by.username),
    reset: (_id, by) => noted('reset', by.username),
    countries: () =>
      Promise.resolve({
        current: 'default',
        countries: [
          { id: 'default', title: { en: 'Here' }, currency: 'USD', locale: 'en', phonePrefix: '+1555' },
        ],
      }),
    join: (code, address) => {
      note('workspaces.join', code, address !== '');
      return Promise.resolve({ id: room.id, url: room.url, title: room.title });
    },
    snapshots: () => Promise.resolve([snapshot]),
    takeSnapshot: (id, name) => {
      note('workspaces.takeSnapshot', id, name);
      return Promise.resolve(snapshot);
    },
    restore: (id, name) => noted('workspaces.restore', id, name),
    removeSnapshot: (id, name) => noted('workspaces.removeSnapshot', id, name),
    exportFile: (id, payloads) => {
      note('workspaces.exportFile', id, payloads);
      return Promise.resolve([Buffer.from('a'), Buffer.from('b')]);
    },
    importFile: () => Promise.resolve(room),
  };
}

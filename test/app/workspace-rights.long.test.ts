import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import type { WorkspaceView } from '../../contracts/workspace.js';
import { humanTask, writeSmallUseCase } from './small-use-case.js';
import { startWorkspacesBench, type WorkspacesBench } from './workspaces-bench.js';

let folder: string;
let bench: WorkspacesBench;

beforeAll(async () => {
  folder = await writeSmallUseCase({ checked: { tasks: humanTask('check', '') } });
  bench = await startWorkspacesBench({ useCaseFolder: folder });
}, 60_000);
afterAll(async () => {
  await bench.close();
  await rm(folder, { recursive: true, force: true });
});

interface Rights {
  readonly rights: readonly { readonly id: string; readonly state: string; readonly why?: string }[];
}

describe('changes of access rights', () => {
  it('are of one workspace, in its snapshots, and gone with a reset', async () => {
    const [room, other]: readonly WorkspaceView[] = [await bench.create('Room'), await bench.create('Other')];
    const manager = bench.in().as('tara');
    const inRoom = bench.in(room!.id).as('tara');
    const changed = async (workspace: WorkspaceView): Promise<readonly unknown[]> =>
      (await bench.in(workspace.id).as('tara').get<Rights>('/access-rights')).rights
        .filter(({ state }) => state !== 'held')
        .map(({ id }) => id);
    const id = (await inRoom.get<Rights>('/access-rights')).rights[0]?.id ?? '';
    await inRoom.delete(`/access-rights/${id}?why=A%20lesson`);
    expect([await changed(room!), await changed(other!)]).toEqual([[id], []]);
    await manager.post(`/workspaces/${room!.id}/snapshots`, { name: 'revoked' });

    await inRoom.put(`/access-rights/${id}`, {});
    expect(await changed(room!)).toEqual([]);
    await manager.post(`/workspaces/${room!.id}/snapshots/revoked/restore`);
    expect(await changed(room!)).toEqual([id]);

    await inRoom.post('/reset');
    expect(await changed(room!)).toEqual([]);
  }, 60_000);

  it('are verified with the log of their workspace', async () => {
    const room = await bench.create('Verified');
    const { verification } = await bench
      .in(room.id)
      .as('tara')
      .get<{ verification: object }>('/message-log?from=1');
    expect(verification).toMatchObject({ holds: true });
    const log = await bench.in(room.id).as('tara').get<{ workspace: string }>('/message-log/export');
    expect(log.workspace).toBe(room.id);
  });
});

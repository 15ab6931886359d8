import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clock } from '../../../cli/commands/clock.js';
import { reset } from '../../../cli/commands/reset.js';
import {
  createWorkspace,
  exportWorkspace,
  importWorkspace,
  joinWorkspace,
  listWorkspaces,
  removeWorkspace,
  restoreSnapshot,
  showWorkspace,
  takeSnapshot,
} from '../../../cli/commands/workspace.js';
import type { SnapshotView, WorkspaceView } from '../../../contracts/workspace.js';
import { humanTask, writeSmallUseCase } from '../../app/small-use-case.js';
import {
  lookAt,
  openCase,
  refusalOf,
  startWorkspacesBench,
  type WorkspacesBench,
} from '../../app/workspaces-bench.js';

let folder: string;
let files: string;
let bench: WorkspacesBench;

beforeAll(async () => {
  folder = await writeSmallUseCase({ checked: { tasks: humanTask('check', '') } });
  files = await mkdtemp(join(tmpdir(), 'workspace-files-'));
  bench = await startWorkspacesBench({ useCaseFolder: folder });
}, 60_000);
afterAll(async () => {
  await bench.close();
  await rm(folder, { recursive: true, force: true });
  await rm(files, { recursive: true, force: true });
});

async function printed(
  command: (options: { url: string; json: boolean }) => Promise<void>,
  json = true,
): Promise<string> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    await command({ url: bench.sandbox().origin, json });
  } finally {
    write.mockRestore();
  }
  return lines.join('');
}
const answer = async <T>(command: Parameters<typeof printed>[0]): Promise<T> =>
  JSON.parse(await printed(command)) as T;

describe('sandbox workspace', () => {
  it('makes, lists, joins, stores, puts back, exports, imports and removes workspaces', async () => {
    const room = await answer<WorkspaceView>((options) =>
      createWorkspace('Room 1', {
        ...options,
        expires: '2999-01-01T00:00:00Z',
        limit: ['runs=10'],
        seed: 'empty',
      }),
    );
    expect(room).toMatchObject({ title: 'Room 1', limits: { runs: 10 }, seed: 'empty', createdBy: 'tara' });
    expect(await answer<WorkspaceView[]>(listWorkspaces)).toHaveLength(2);
    await expect(answer((options) => joinWorkspace(room.joinCode ?? '', options))).resolves.toEqual({
      id: room.id,
      url: room.url,
      title: 'Room 1',
    });
    await answer((options) => takeSnapshot(room.id, 'empty', options));
    const opened = await openCase(bench.in(room.id), 'checked');
    await answer((options) => restoreSnapshot(room.id, 'empty', options));
    expect((await refusalOf(lookAt(bench.in(room.id), opened))).status).toBe(404);
    expect(
      (await answer<{ snapshots: SnapshotView[] }>((options) => showWorkspace(room.id, options))).snapshots,
    ).toMatchObject([{ name: 'empty' }]);
    expect(await printed((options) => showWorkspace(room.id, options), false)).toContain(`Join code  `);

    await answer((options) => clock({ ...options, workspace: room.id, by: 'P1D' }));
    const { offsetMilliseconds } = await bench.in().as('tara').get<{ offsetMilliseconds: number }>('/clock');
    expect(offsetMilliseconds).toBe(0);
    const other = await openCase(bench.in(room.id), 'checked');
    const file = join(files, 'room.json.gz');
    await answer((options) => exportWorkspace(room.id, file, { ...options, payloads: true }));
    await expect(answer((options) => exportWorkspace(room.id, file, options))).rejects.toMatchObject({
      code: 'GSB-REQ-003',
    });
    await answer((options) => reset({ ...options, workspace: room.id }));
    expect((await refusalOf(lookAt(bench.in(room.id), other))).status).toBe(404);
    const copy = await answer<WorkspaceView>((options) => importWorkspace(file, options));
    expect((await lookAt(bench.in(copy.id), other)).case.number).toBe(other.number);
    await answer((options) => removeWorkspace(room.id, options));
    await expect(answer((options) => showWorkspace(room.id, options))).rejects.toMatchObject({
      code: 'GSB-REQ-002',
    });
  }, 60_000);

  it('says what is wrong with a limit or an instant', async () => {
    await expect(
      answer((options) => createWorkspace('R', { ...options, limit: ['walks=1'] })),
    ).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      detail: expect.stringContaining('--limit: walks=1 is not one of runs,'),
    });
    await expect(
      answer((options) => createWorkspace('R', { ...options, expires: 'soon' })),
    ).rejects.toMatchObject({
      code: 'GSB-REQ-001',
    });
  });
});

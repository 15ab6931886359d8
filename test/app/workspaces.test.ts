import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import type { WorkspaceView } from '../../contracts/workspace.js';
import { humanTask, writeSmallUseCase } from './small-use-case.js';
import { ended, openCase, startWorkspacesBench, taskOf, type WorkspacesBench } from './workspaces-bench.js';

let folder: string;
let bench: WorkspacesBench;
let one: WorkspaceView;

beforeAll(async () => {
  folder = await writeSmallUseCase({
    checked: { tasks: humanTask('check', '') },
  });
  bench = await startWorkspacesBench({ useCaseFolder: folder });
}, 60_000);
afterAll(async () => {
  await bench.close();
  await rm(folder, { recursive: true, force: true });
});

describe('smoke', () => {
  it('runs a case in a workspace', async () => {
    one = await bench.create('Room 1');
    console.log(one);
    const access = bench.in(one.id);
    const of = await openCase(access, 'checked');
    await access
      .as('olga')
      .post(`/tasks/${await taskOf(access, of)}/complete`, { data: { decision: 'approve' } });
    await ended(access, of);
    const t = performance.now();
    await access.as('tara').post('/reset');
    console.log('reset', performance.now() - t);
    const of2 = await openCase(access, 'checked');
    await taskOf(access, of2);
    const s = await bench.in().as('tara').post(`/workspaces/${one.id}/snapshots`, { name: 'waiting' });
    console.log(s);
    await access
      .as('olga')
      .post(`/tasks/${await taskOf(access, of2)}/complete`, { data: { decision: 'approve' } });
    await ended(access, of2);
    await bench.in().as('tara').post(`/workspaces/${one.id}/snapshots/waiting/restore`);
    await access
      .as('olga')
      .post(`/tasks/${await taskOf(access, of2)}/complete`, { data: { decision: 'approve' } });
    await ended(access, of2);
    await bench.in().as('tara').delete(`/workspaces/${one.id}`);
  }, 60_000);
});

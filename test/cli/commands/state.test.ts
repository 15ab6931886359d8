import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readConfig } from '../../../app/config.js';
import { state, type StateOptions } from '../../../cli/commands/state.js';
import { freePort } from '../../../cli/free-port.js';
import { openSession, type Session } from '../../../cli/session.js';
import { silentLogger } from '../../../contracts/logger.js';
import { writeSmallUseCase } from '../../app/small-use-case.js';

let folder: string;
let dataDir: string;
let session: Session;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  folder = await writeSmallUseCase({ rest: { tasks: '  - rest: { wait: P30D }' } });
  const config = readConfig({}, { port: await freePort(), dataDir });
  session = await openSession(config, silentLogger, folder);
}, 60_000);
afterAll(async () => {
  await session.close();
  await rm(dataDir, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

async function printed(block: string, options: StateOptions = {}): Promise<string> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    await state(block, { url: session.sandbox.origin, ...options });
  } finally {
    write.mockRestore();
  }
  return lines.join('');
}

describe('sandbox state', () => {
  it('counts, edits, exports, imports and resets, and the log says who did', async () => {
    const file = join(dataDir, 'document.json');
    const carried = join(dataDir, 'state.json');
    await writeFile(file, JSON.stringify({ text: 'Mafunzo tu, si kweli' }));
    expect(await printed('messaging')).toMatch(/ {2}0 {2}notices/);
    await printed('messaging', { collection: 'notices', put: 'sw', file });
    expect(await printed('messaging', { collection: 'notices', text: 'mafunzo' })).toContain('sw');
    await printed('messaging', { export: carried });
    expect(JSON.parse(await readFile(carried, 'utf8'))).toMatchObject({
      block: 'messaging',
      collections: { notices: [{ _id: 'sw' }] },
    });
    await printed('messaging', { collection: 'notices', delete: 'sw' });
    expect(await printed('messaging', { collection: 'notices' })).toBe('Nothing.\n');
    expect(JSON.parse(await printed('messaging', { import: carried, json: true }))).toEqual({ documents: 1 });
    await printed('messaging', { reset: true });
    expect(await printed('messaging')).toMatch(/ {2}0 {2}notices/);
    await expect(printed('messaging', { collection: 'notices', delete: 'sw' })).rejects.toMatchObject({
      code: 'GSB-REQ-002',
    });
    await expect(printed('nothing')).rejects.toMatchObject({ code: 'GSB-REQ-002' });
  });

  it('shows what the API shows trainers, and nobody below', async () => {
    const refused = session.as('cora').get('/blocks/messaging/state');
    await expect(refused).rejects.toMatchObject({ status: 403 });
  });
});

describe('building blocks of a running sandbox', () => {
  it('let people sign in at services without a session of the sandbox', async () => {
    const identity = `${session.sandbox.origin}/blocks/identity`;
    const page = await fetch(`${identity}/authorize?client_id=none&redirect_uri=https://none.example/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect((await fetch(`${identity}/.well-known/jwks.json`)).status).toBe(200);
    expect((await fetch(`${identity}/client-mgmt/oidc-client`, { method: 'POST' })).status).toBe(401);
  });

  it('start and stop runs of their own through the workflow building block', async () => {
    const workflow = session.block('dora', 'workflow');
    const started = await workflow.post<{ id: string }>('/processes/small:rest/start', {
      processStartedBy: 'dora',
    });
    expect(await workflow.get(`/instances/${started.id}`)).toMatchObject({
      processRef: 'small:rest',
      state: 'running',
    });
    const { runs } = await session.as('tara').get<{ runs: readonly { status: string }[] }>('/runs');
    expect(runs).toHaveLength(1);
    expect(await workflow.post(`/instances/${started.id}/stop`)).toMatchObject({ state: 'stopped' });
  });
});

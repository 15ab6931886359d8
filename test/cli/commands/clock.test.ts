import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readConfig } from '../../../app/config.js';
import { clock, type ClockOptions } from '../../../cli/commands/clock.js';
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

/** What the command prints. */
async function printed(options: ClockOptions = {}): Promise<string> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    await clock({ url: session.sandbox.origin, ...options });
  } finally {
    write.mockRestore();
  }
  return lines.join('');
}

describe('sandbox clock', () => {
  it('tells the time, for people and as JSON', async () => {
    expect(await printed()).toMatch(
      /^\d{4}-.*Z \(running; P0DT0H0M0S from the machine's clock\)\nNothing waits/,
    );
    expect(JSON.parse(await printed({ json: true }))).toMatchObject({ state: 'running', nextTimer: null });
  });

  it('freezes, moves to what is next, and lets go', async () => {
    const frozen = JSON.parse(await printed({ freeze: true, json: true })) as { now: string; state: string };
    expect(frozen.state).toBe('frozen');
    await session.as('tara').post('/cases', { useCase: 'small', kind: 'rest', input: {} });
    expect(await printed({ by: 'P1D' })).toContain('(frozen; ');
    const next = JSON.parse(await printed({ next: true, json: true })) as { now: string; fired: number };
    expect(next.fired).toBe(1);
    expect(Date.parse(next.now) - Date.parse(frozen.now)).toBe(30 * 86_400_000);
    expect(await printed({ unfreeze: true })).toContain('(running; ');
  });

  it('says what is wrong: two wishes, a way back, nobody there', async () => {
    await expect(printed({ by: 'P1D', freeze: true })).rejects.toMatchObject({ code: 'GSB-REQ-001' });
    await expect(printed({ to: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'GSB-REQ-003' });
    await expect(printed({ by: 'tomorrow' })).rejects.toMatchObject({ code: 'GSB-REQ-001' });
    const url = `http://127.0.0.1:${await freePort()}`;
    await expect(printed({ url })).rejects.toMatchObject({
      code: 'GSB-CFG-007',
      detail: expect.stringContaining('sandbox up'),
    });
  });
});

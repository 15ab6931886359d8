import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readConfig } from '../../../app/config.js';
import { createPasswordTokens } from '../../../app/project.js';
import { listCallbacks, replayCallback, showCallback } from '../../../cli/commands/callbacks.js';
import { fault, type FaultOptions } from '../../../cli/commands/fault.js';
import { freePort } from '../../../cli/free-port.js';
import { createRealClock, pause } from '../../../cli/real-clock.js';
import { openSession, type Session } from '../../../cli/session.js';
import type { CallbackView } from '../../../contracts/callbacks.js';
import { clients, REALM } from '../../../contracts/identity.js';
import { silentLogger } from '../../../contracts/logger.js';
import { writeSmallUseCase } from '../../app/small-use-case.js';

let folder: string;
let dataDir: string;
let session: Session;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  folder = await writeSmallUseCase({ rest: { tasks: '  - rest: { wait: P30D }' } });
  session = await openSession(readConfig({}, { port: await freePort(), dataDir }), silentLogger, folder);
}, 60_000);
afterAll(async () => {
  await session.close();
  await rm(dataDir, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

/** What a command prints. */
async function printed(run: (at: { readonly url: string }) => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    await run({ url: session.sandbox.origin });
  } finally {
    write.mockRestore();
  }
  return lines.join('');
}
const broken = (options: FaultOptions = {}) => printed((at) => fault('payments', { ...at, ...options }));

describe('sandbox fault', () => {
  it('breaks a block, tells how often it struck, and mends it', async () => {
    expect(await broken()).toBe('payments: no fault is on.\n');
    const added = await broken({
      kind: 'error',
      operation: 'handOverBatch',
      status: 504,
      body: '{"why":"training"}',
      times: 3,
      for: '10m',
    });
    expect(added).toMatch(/^payments: fault-\S+ {2}error of handOverBatch, status 504, body \{"why"/);
    expect(added).toMatch(/struck 0 of 3, saw 0, until \d{4}-/);
    const refused = await session
      .block('tara', 'payments')
      .post('/batchtransactions?type=raw', [])
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 504 });
    const { faults } = JSON.parse(await broken({ json: true })) as { faults: { id: string; hits: number }[] };
    expect(faults).toMatchObject([{ kind: 'error', hits: 1, seen: 1, times: 3 }]);
    await broken({ kind: 'outage' });
    await broken({ off: faults[0]!.id });
    expect(await broken({ list: true })).toContain('outage');
    expect(await broken({ clear: true })).toBe('payments: no fault is on.\n');
    expect(await broken()).toBe('payments: no fault is on.\n');
  });

  it.each<[string, FaultOptions, string]>([
    ['two wishes', { kind: 'outage', clear: true }, '--kind'],
    ['a missing half', { kind: 'latency', median: 5 }, '--p95'],
    ['a duration of nothing', { kind: 'outage', for: 'soon' }, '--for soon'],
    ['an unknown operation', { kind: 'outage', operation: 'handOverBatsch' }, '/operationId'],
    ['an unknown fault', { off: 'fault-0' }, 'no fault fault-0'],
  ])('refuses %s', async (_what, options, named) => {
    await expect(broken(options)).rejects.toThrow(named);
  });
});

const token = (): Promise<string> =>
  createPasswordTokens({
    tokenEndpoint: `${session.sandbox.origin}/realms/${REALM}/protocol/openid-connect/token`,
    clientId: clients.cli,
    clock: createRealClock(),
    fetch,
  }).tokenOf('tara');

describe('sandbox callbacks', () => {
  const list = async (): Promise<readonly CallbackView[]> => {
    const text = await printed((at) => listCallbacks({ ...at, block: 'payments', json: true }));
    return (JSON.parse(text) as { callbacks: CallbackView[] }).callbacks;
  };

  it('are listed, shown and replayed: a lost one arrives in the end', async () => {
    expect(await printed((at) => listCallbacks(at))).toBe('No block has called anybody back.\n');
    await broken({ kind: 'lost-callbacks', times: 1 });
    const url = new URL('/cb/run-nobody/a-secret-token/registered', session.sandbox.publicUrl).href;
    const headers = { 'x-callback-url': url, 'x-registering-institution-id': 'MIN-SOCIAL' };
    const response = await fetch(
      `${session.sandbox.origin}/blocks/payments/identityAccountMapper/beneficiary`,
      {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
        body: JSON.stringify({
          RequestID: 'REQ000000001',
          Beneficiaries: [{ payeeIdentity: 'P1', PaymentModality: '02', FinancialAddress: '+999005501' }],
        }),
      },
    );
    expect(response.status).toBeLessThan(300);
    const [lost] = await list();
    expect(lost).toMatchObject({ block: 'payments', operationId: 'beneficiariesRegistered', state: 'lost' });
    expect(lost?.url).not.toContain('a-secret-token');
    expect(await printed((at) => showCallback(lost!.id, at))).toContain('lost on the way');
    expect(await printed((at) => replayCallback(lost!.id, at))).toContain('once more');
    for (let looks = 0; looks < 200 && (await list())[0]!.attempts.length < 2; looks += 1) await pause(20);
    // Nobody was given that address, and the door says so.
    expect((await list())[0]?.attempts.at(-1)).toMatchObject({ status: 404 });
  });
});

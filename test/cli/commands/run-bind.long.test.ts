import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { startMockServer, type MockServer } from '../../../app/mock-server.js';
import { loadUseCases } from '../../../app/project.js';
import { run } from '../../../cli/commands/run.js';
import { isJsonObject, type JsonObject } from '../../../contracts/json.js';
import { silentLogger } from '../../../contracts/logger.js';

/** `sandbox run usct --bind`: another payments system carries the use case, or does not. */

const candidates: MockServer[] = [];
let between: Server | undefined;
afterEach(async () => {
  process.exitCode = 0;
  between?.closeAllConnections();
  await new Promise((resolve) => (between === undefined ? resolve(undefined) : between.close(resolve)));
  between = undefined;
  for (const candidate of candidates.splice(0)) await candidate.close();
});

/** A system of its own with what the programme agreed with it; accounts lie at institutions, which it brings along. */
async function startCandidate(block: 'payments' | 'messaging'): Promise<string> {
  const useCase = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct');
  const seeds = Object.fromEntries(
    (['payments', 'financial-institution'] as const).map((of) => [
      of,
      Object.assign(
        {},
        ...(useCase?.seeds() ?? []).flatMap((file) => (isJsonObject(file[of]) ? [file[of]] : [])),
      ) as JsonObject,
    ]),
  );
  const candidate = await startMockServer({
    block,
    port: 0,
    host: '127.0.0.1',
    seed: { seeds, services: [] },
    realClock: { now: () => new Date() },
    logger: silentLogger,
  });
  candidates.push(candidate);
  return candidate.origin;
}

/** A copy of it that answers a little differently. */
async function startBroken(
  origin: string,
  statusOf: (path: string, status: number) => number,
): Promise<string> {
  between = createServer((incoming, outgoing) => {
    const { host: _, 'accept-encoding': __, ...headers } = incoming.headers;
    const passed = forward(
      new URL(incoming.url ?? '/', origin),
      { method: incoming.method, headers },
      (answer) => {
        let body = '';
        answer.on('data', (part: Buffer) => (body += part.toString()));
        answer.on('end', () => {
          const { 'content-length': ___, ...kept } = answer.headers;
          outgoing.writeHead(statusOf(incoming.url ?? '', answer.statusCode ?? 500), kept).end(body);
        });
      },
    );
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => between?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
}

interface Report {
  readonly ok: boolean;
  readonly failure?: string;
  readonly candidates: readonly {
    readonly verdict: string;
    readonly operations: readonly {
      readonly operationId: string;
      readonly calls: number;
      readonly violations: readonly { readonly pointer: string; readonly message: string }[];
    }[];
  }[];
}

async function played(scenario: string, ...bind: string[]): Promise<Report> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    await run('usct', { bind, scenario, json: true });
  } finally {
    write.mockRestore();
  }
  return JSON.parse(lines.at(-1) ?? '{}') as Report;
}

describe('sandbox run --bind', () => {
  it('says which system carries the use case, and where the answers of another leave the contract', async () => {
    const payments = await startCandidate('payments');
    const messaging = await startBroken(await startCandidate('messaging'), (path, status) =>
      path.startsWith('/send/') && status === 200 ? 201 : status,
    );
    const report = await played('no-account', `payments=${payments}`, `messaging=${messaging}`);
    expect(report.failure).toBeUndefined();
    expect(report.candidates.map(({ verdict }) => verdict)).toEqual([
      'carries',
      'carries outside the contract',
    ]);
    const [paying, telling] = report.candidates.map(({ operations }) => operations);
    expect(paying?.map(({ operationId }) => operationId)).toEqual(
      expect.arrayContaining(['createVouchers', 'activateVouchers']),
    );
    expect(paying?.flatMap(({ violations }) => violations)).toEqual([]);
    expect(telling).toContainEqual(
      expect.objectContaining({
        operationId: 'sendSingleSms',
        violations: [{ pointer: '/status', message: '201 is not declared' }],
      }),
    );
    expect([report.ok, process.exitCode]).toEqual([false, 1]);
  }, 120_000);

  // A whole scenario for those who have the time, such as SANDBOX_TEST_CANDIDATE_SCENARIO=usct-demo.
  const whole = process.env['SANDBOX_TEST_CANDIDATE_SCENARIO'];
  (whole === undefined ? it.skip : it)(
    'ends with 0 when everything is carried',
    async () => {
      const report = await played(whole ?? '', `payments=${await startCandidate('payments')}`);
      expect(report).toMatchObject({ ok: true, candidates: [{ verdict: 'carries' }] });
      expect(process.exitCode ?? 0).toBe(0);
    },
    120_000,
  );
});

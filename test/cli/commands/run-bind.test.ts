import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { startMockServer, type MockServer } from '../../../app/mock-server.js';
import { loadUseCases } from '../../../app/project.js';
import { run } from '../../../cli/commands/run.js';
import { isJsonObject, type JsonObject } from '../../../contracts/json.js';
import { silentLogger } from '../../../contracts/logger.js';

/** `sandbox run usct --bind`: another payments system carries the use case, or does not. */

let candidate: MockServer | undefined;
let between: Server | undefined;
afterEach(async () => {
  process.exitCode = 0;
  between?.closeAllConnections();
  await new Promise((resolve) => (between === undefined ? resolve(undefined) : between.close(resolve)));
  await candidate?.close();
  candidate = undefined;
  between = undefined;
});

/** A payments system of its own, with what the programme agreed with it. */
async function startPayments(): Promise<string> {
  const useCase = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct');
  // Accounts lie at the institutions, which a block that is served alone brings along.
  const seeds = Object.fromEntries(
    (['payments', 'financial-institution'] as const).map((block) => [
      block,
      Object.assign(
        {},
        ...(useCase?.seeds() ?? []).flatMap((file) => (isJsonObject(file[block]) ? [file[block]] : [])),
      ) as JsonObject,
    ]),
  );
  candidate = await startMockServer({
    block: 'payments',
    port: 0,
    host: '127.0.0.1',
    seed: { seeds, services: [] },
    realClock: { now: () => new Date() },
    logger: silentLogger,
  });
  return candidate.origin;
}

/** A copy of it that answers a little differently. */
async function startBroken(
  origin: string,
  breakAnswer: (path: string, body: string) => string,
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
          outgoing.writeHead(answer.statusCode ?? 500, kept).end(breakAnswer(incoming.url ?? '', body));
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

/** A short scenario that pays; SANDBOX_TEST_CANDIDATE_SCENARIO names another one, such as usct-demo. */
const PAYING = process.env['SANDBOX_TEST_CANDIDATE_SCENARIO'] ?? 'no-account';

async function played(bind: string, scenario: string): Promise<Report> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    await run('usct', { bind: [bind], scenario, json: true });
  } finally {
    write.mockRestore();
  }
  return JSON.parse(lines.at(-1) ?? '{}') as Report;
}

describe('sandbox run --bind', () => {
  it('says that a system with the same contract carries the use case, and what was called on it', async () => {
    const report = await played(`payments=${await startPayments()}`, PAYING);
    expect(report).toMatchObject({ ok: true, candidates: [{ verdict: 'carries' }] });
    const operations = new Map(report.candidates[0]?.operations.map((one) => [one.operationId, one]));
    const called =
      PAYING === 'no-account' ? ['createVouchers', 'activateVouchers'] : ['registerBeneficiaries'];
    expect([...operations.keys()]).toEqual(expect.arrayContaining(called));
    expect([...operations.values()].flatMap(({ violations }) => violations)).toEqual([]);
    expect(process.exitCode).toBe(0);
  }, 60_000);

  it('says where the answers of another one leave the contract, and ends with 1', async () => {
    const broken = await startBroken(await startPayments(), (path, body) =>
      path.startsWith('/identityAccountMapper')
        ? body.replace(/"responseCode":"00"/, '"responseCode":0')
        : body,
    );
    const report = await played(`payments=${broken}`, 'not-eligible-appeal-granted');
    expect(report.ok).toBe(false);
    expect(JSON.stringify(report.candidates)).toContain('/body/responseCode');
    expect(process.exitCode).toBe(1);
  }, 60_000);
});

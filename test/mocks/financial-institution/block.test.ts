import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Block, BlockResponse } from '../../../contracts/block.js';
import type { Json } from '../../../contracts/json.js';
import { createFinancialInstitutionBlock } from '../../../mocks/financial-institution/block.js';
import { institutionServices } from '../../../mocks/financial-institution/directory.js';
import { testDeps, WORKSPACE, type TestDeps } from '../kit/test-deps.js';

let kit: TestDeps;
let bank: Block;

beforeEach(async () => {
  kit = testDeps();
  bank = createFinancialInstitutionBlock(kit.deps);
  await bank.reset(WORKSPACE, {
    accounts: [
      { account: 'GOV-1', institution: 'BANK-A', holder: 'Treasury', balance: 1000, currency: 'EUR' },
    ],
  });
});

const post = (
  path: string,
  body: Json,
  command?: string,
  headers: Record<string, string> = {},
): Promise<BlockResponse> =>
  bank.handle(WORKSPACE, {
    method: 'POST',
    path: `/institutions/BANK-A${path}`,
    query: command === undefined ? {} : { command },
    headers: { 'x-client-correlation-id': 'c1', ...headers },
    body,
  });

const credit = async (
  batchId: string,
  instructionId: string,
  account: string,
  amount = 10,
): Promise<Json | undefined> => {
  const instructions = [{ instructionId, account, amount, currency: 'EUR' }];
  const { body } = await post('/credits', { batchId, instructions });
  return (body as { results: { status: string }[] }).results[0]?.status;
};

const balance = async (account: string): Promise<Json | undefined> => {
  const path = `/institutions/BANK-A/accounts/${account}`;
  const { body } = await bank.handle(WORKSPACE, { method: 'GET', path, query: {}, headers: {} });
  return (body as { balance?: number }).balance;
};

const funds = (amount: number, command: string, headers = {}): Promise<BlockResponse> =>
  post('/batches/B1', { batchID: 'B1', payerIdentifier: 'GOV-1', currency: 'EUR', amount }, command, headers);

describe('crediting', () => {
  it('books an instruction once per batch, however often it is sent', async () => {
    expect(await credit('B1', 'i1', 'BA77')).toBe('COMPLETED');
    expect(await credit('B1', 'i1', 'BA77')).toBe('COMPLETED');
    expect(await balance('BA77')).toBe(10);
    expect(await credit('B2', 'i1', 'BA77')).toBe('COMPLETED');
    expect(await balance('BA77')).toBe(20);
  });

  it('sums up several instructions to one account in one request', async () => {
    const instructions = ['a', 'b'].map((instructionId) => ({
      instructionId,
      account: 'BA9',
      amount: 0.1,
      currency: 'EUR',
    }));
    await post('/credits', { batchId: 'B1', instructions });
    expect(await balance('BA9')).toBe(0.2);
  });

  it.each(['0001', '0002', '0003', '0004'])('fails for accounts ending in %s, each time', async (suffix) => {
    expect(await credit('B1', 'i1', `BA${suffix}`)).toBe('FAILED');
    expect(await credit('B2', 'i2', `BA${suffix}`)).toBe('FAILED');
  });

  it('fails the first instruction to 0005 and books the next one', async () => {
    expect(await credit('B1', 'i1', 'BA0005')).toBe('FAILED');
    expect(await credit('B1', 'i1', 'BA0005')).toBe('FAILED');
    expect(await credit('B2', 'i1', 'BA0005')).toBe('COMPLETED');
    expect(await balance('BA0005')).toBe(10);
  });

  it('decides pending credits after a moment, and books them once', async () => {
    for (const suffix of ['0006', '0007', '0008'])
      expect(await credit('B1', suffix, `BA${suffix}`)).toBe('PENDING');
    kit.realClock.forward(1000);
    expect(await credit('B1', '0006', 'BA0006')).toBe('PENDING');
    kit.realClock.forward(1000);
    expect(await credit('B1', '0006', 'BA0006')).toBe('COMPLETED');
    expect(await credit('B1', '0006', 'BA0006')).toBe('COMPLETED');
    expect(await balance('BA0006')).toBe(10);
    expect(await credit('B1', '0007', 'BA0007')).toBe('FAILED');
    kit.realClock.forward(1_000_000);
    expect(await credit('B1', '0008', 'BA0008')).toBe('PENDING');
  });
});

describe('funds', () => {
  it('are set aside once per batch, and what was not used comes back', async () => {
    expect((await funds(600, 'authorize')).body).toMatchObject({ status: 'Y', clientCorrelationId: 'c1' });
    expect((await funds(600, 'authorize')).body).toMatchObject({ status: 'Y' });
    expect(await balance('GOV-1')).toBe(400);
    expect((await funds(250.5, 'settle')).body).toEqual({ released: 349.5 });
    expect((await funds(250.5, 'settle')).body).toEqual({ released: 349.5 });
    expect(await balance('GOV-1')).toBe(749.5);
    expect((await funds(601, 'settle')).status).toBe(400);
  });

  it('are refused with a reason, without any effect', async () => {
    expect((await funds(1000.01, 'authorize')).body).toMatchObject({
      status: 'N',
      reason: expect.stringContaining('insufficient'),
    });
    const body = { batchID: 'B1', payerIdentifier: 'NOBODY', currency: 'EUR', amount: 1 };
    expect((await post('/batches/B1', body, 'authorize')).body).toMatchObject({ status: 'N' });
    expect(await balance('GOV-1')).toBe(1000);
  });

  it('can be checked without setting anything aside', async () => {
    const headers = { 'x-sandbox-check-only': 'true' };
    expect((await funds(600, 'authorize', headers)).body).toMatchObject({ status: 'Y' });
    expect(await balance('GOV-1')).toBe(1000);
  });

  it('are decided by callback when the caller names a URL', async () => {
    const answer = await funds(600, 'authorize', { 'x-callback-url': 'http://localhost/cb' });
    expect(answer.status).toBe(202);
    expect(kit.callbacks[0]?.callback).toMatchObject({ url: 'http://localhost/cb', body: { status: 'Y' } });
  });
});

describe('validation', () => {
  const creditInstructions = [
    { instructionID: 'ok', financialAddress: 'BA55' },
    { instructionID: 'bad', financialAddress: 'BA0001' },
    { instructionID: 'later', financialAddress: 'BA0003' },
  ];
  const request = { batchId: 'B1', destinationDFSPID: 'BANK-A', creditInstructions };

  it('names the accounts that could not be credited', async () => {
    const { body } = await post('/beneficiaries', request, 'validate');
    expect(body).toMatchObject({ numberOfFailedCases: 1, failedAccountLookups: [{ instructionID: 'bad' }] });
  });

  it('refuses an unknown institution and a request without its correlation', async () => {
    const unknown = {
      method: 'POST',
      path: '/institutions/NONE/beneficiaries',
      query: { command: 'validate' },
    } as const;
    const answer = await bank.handle(WORKSPACE, {
      ...unknown,
      headers: { 'x-client-correlation-id': 'c' },
      body: request,
    });
    expect(answer.status).toBe(404);
    expect((await bank.handle(WORKSPACE, { ...unknown, headers: {}, body: request })).status).toBe(400);
  });
});

describe('the directory', () => {
  it('gives each institution a service of its own that sees only that institution', async () => {
    expect(new Set(institutionServices.map(({ provider }) => provider)).size).toBe(4);
    for (const { basePath } of institutionServices) {
      const path = `${basePath}/accounts/none`;
      const { body } = await bank.handle(WORKSPACE, { method: 'GET', path, query: {}, headers: {} });
      expect(body).toMatchObject({ detail: expect.stringContaining('no such account') });
    }
  });
});

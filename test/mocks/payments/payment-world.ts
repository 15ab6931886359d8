import type { Block, BlockDeps, BlockRequest, BlockResponse, Method } from '../../../contracts/block.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { createFinancialInstitutionBlock } from '../../../mocks/financial-institution/block.js';
import { institutionServices } from '../../../mocks/financial-institution/directory.js';
import { createPaymentsBlock } from '../../../mocks/payments/block.js';
import { testDeps, WORKSPACE, type ServiceAnswer, type TestDeps } from '../kit/test-deps.js';

export interface PaymentWorld {
  readonly kit: TestDeps;
  readonly payments: Block;
  readonly bank: Block;
  /** How the services are answered, unless a test says otherwise. */
  readonly deliver: ServiceAnswer;
  request(method: Method, path: string, options?: RequestParts): Promise<BlockResponse>;
  /** Registers payees as `[identity, modality, address]`. */
  register(...payees: readonly (readonly [string, string, string])[]): Promise<BlockResponse>;
  handOver(instructions: readonly Json[], headers?: Readonly<Record<string, string>>): Promise<BlockResponse>;
  /** Runs payments' jobs, and time with them, until none is left or so many have run. */
  runJobs(most?: number): Promise<number>;
  ledger(): Promise<readonly JsonObject[]>;
  balance(institution: string, account: string): Promise<Json | undefined>;
  statuses(): readonly JsonObject[];
}

export interface RequestParts {
  readonly query?: BlockRequest['query'];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

export const CALLBACK = 'http://localhost/callback';

export function instruction(requestId: string, payee: string, amount = 10): JsonObject {
  return {
    requestId,
    creditParty: [{ key: 'payeeIdentity', value: payee }],
    debitParty: [{ key: 'payerIdentity', value: 'GOV-TREASURY' }],
    paymentMode: 'transfer',
    amount,
    currency: 'EUR',
    descriptionText: 'Training transfer',
  };
}

/** Payments and the institutions behind it, joined as the mediator would join them. */
export async function createPaymentWorld(overrides: Partial<BlockDeps> = {}): Promise<PaymentWorld> {
  const kit = testDeps(overrides);
  const payments = createPaymentsBlock(kit.deps);
  const bank = createFinancialInstitutionBlock(kit.deps);
  const seeds = {
    accounts: [
      {
        account: 'GOV-TREASURY',
        institution: 'BANK-A',
        holder: 'Treasury',
        balance: 1_000_000,
        currency: 'EUR',
      },
    ],
  };
  await payments.reset(WORKSPACE, seeds);
  await bank.reset(WORKSPACE, seeds);
  const deliver: ServiceAnswer = (workspace, { service, request }) => {
    const found = institutionServices.find(({ provider, code }) => `${provider}/${code}` === service);
    if (!found) throw new Error(`no service ${service}`);
    return bank.handle(workspace, { ...request, path: found.basePath + request.path });
  };
  kit.answerServices(deliver);

  const request: PaymentWorld['request'] = (method, path, { query = {}, headers = {}, body } = {}) =>
    payments.handle(WORKSPACE, { method, path, query, headers, ...(body === undefined ? {} : { body }) });

  return {
    kit,
    payments,
    bank,
    deliver,
    request,
    register: (...payees) =>
      request('POST', '/identityAccountMapper/beneficiary', {
        headers: { 'x-callback-url': CALLBACK, 'x-registering-institution-id': 'MIN-SOCIAL' },
        body: {
          RequestID: 'REQ000000001',
          Beneficiaries: payees.map(([payeeIdentity, PaymentModality, FinancialAddress]) => ({
            payeeIdentity,
            PaymentModality,
            FinancialAddress,
          })),
        },
      }),
    handOver: (instructions, headers = {}) =>
      request('POST', '/batchtransactions', {
        query: { type: 'raw' },
        headers: {
          'x-correlationid': 'CORR-1',
          'platform-tenantid': 'usct',
          'x-program-id': 'USCT',
          'x-callback-url': CALLBACK,
          ...headers,
        },
        body: instructions,
      }),
    async runJobs(most = 50) {
      let count = 0;
      for (; count < most && kit.jobs.length > 0; count += 1) {
        const { job, time } = kit.takeJob();
        if (time.kind === 'after') kit.realClock.forward(time.milliseconds);
        await payments.runJob(WORKSPACE, job);
      }
      return count;
    },
    async ledger() {
      const entries: JsonObject[] = [];
      let after: string | undefined;
      do {
        const query = { pageSize: '1000', ...(after === undefined ? {} : { after }) };
        const { body } = await request('GET', '/sandbox/ledger', { query });
        const page = body as { entries: JsonObject[]; next?: string };
        entries.push(...page.entries);
        after = page.next;
      } while (after !== undefined);
      return entries;
    },
    async balance(institution, account) {
      const path = `/institutions/${institution}/accounts/${encodeURIComponent(account)}`;
      const { body } = await bank.handle(WORKSPACE, { method: 'GET', path, query: {}, headers: {} });
      return (body as JsonObject).balance;
    },
    statuses: () =>
      kit.callbacks
        .filter(({ callback }) => callback.operationId === 'batchStatus')
        .map(({ callback }) => callback.body as JsonObject),
  };
}

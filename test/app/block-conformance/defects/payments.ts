import type { Json, JsonObject } from '../../../../contracts/json.js';
import {
  accepts,
  answers,
  bodies,
  bodyOf,
  changed,
  instead,
  json,
  oneTenantForAll,
  requests,
  withoutHeader,
  withoutQuery,
  type Defect,
} from './defect.js';

const of = (name: string, seenBy: string, twist: Defect['twist'], dialect?: 'older'): Defect => ({
  block: 'payments',
  name,
  seenBy,
  twist,
  ...(dialect === undefined ? {} : { dialect }),
});

/** Every callback body of which `name` is a member is another. */
const told = (name: string, change: (value: Json) => Json | undefined): Defect['twist'] => ({
  callbacks: (right) => (callback) => {
    right({ ...callback, body: changed(callback.body, name, change) ?? null });
  },
});

export const paymentDefects: readonly Defect[] = [
  of('a callback never comes', 'scenario/account-mapper', { callbacks: () => () => undefined }),
  of('a callback comes twice', 'callbacks-once', {
    callbacks: (right) => (callback) => {
      right(callback);
      right(callback);
    },
  }),
  of('callbacks are not signed', 'scenario/signed-callbacks', {
    callbacks: (right) => (callback) => {
      right({ ...callback, headers: {} });
    },
  }),
  of('every callback has the same signature', 'scenario/signed-callbacks', {
    callbacks: (right) => (callback) => {
      right({ ...callback, headers: { 'x-sandbox-signature': 'always' } });
    },
  }),
  of('a callback counts in text', 'scenario/account-mapper', told('numberFailedCases', String)),
  of(
    'a callback forgets which request it is about',
    'scenario/account-mapper',
    told('registerRequestID', () => 'OTHER'),
  ),
  of(
    'a callback names nobody who failed',
    'scenario/mapper-failures',
    told('failedCases', () => []),
  ),
  of('a callback goes without the batch in its query', 'scenario/bulk-payment', {
    callbacks: (right) => (callback) => {
      right({ ...callback, url: callback.url.split('?')[0] ?? '' });
    },
  }),
  of('a validation finds every account', 'scenario/validation', {
    callbacks: (right) => (callback) => {
      const body = changed(callback.body, 'numberOfFailedCases', () => 0);
      right({ ...callback, body: changed(body, 'failedAccountLookups', () => []) ?? null });
    },
  }),
  of(
    'funds are always there',
    'scenario/funds',
    told('status', () => 'Y'),
  ),
  of(
    'a route is an object',
    'lookUpBeneficiary/answer',
    bodies('GET /beneficiary', 'paymentModalityList', (list) => ({ list })),
  ),
  of(
    'nobody is ever found',
    'scenario/account-mapper',
    bodies('GET /beneficiary', 'paymentModalityList', () => []),
  ),
  of(
    'an answer lacks its code',
    'registerBeneficiaries/answer',
    bodies('POST /identityAccountMapper/beneficiary', 'responseCode', () => undefined),
  ),
  of(
    'a change of route is forgotten',
    'scenario/account-mapper',
    instead('PUT /identityAccountMapper/beneficiary', (right, request) =>
      right({ ...request, body: changed(request.body, 'financialAddress', () => 'X-1') ?? null }),
    ),
  ),
  of(
    'a page of a batch holds everything',
    'scenario/bulk-payment',
    withoutQuery('GET /api/v1/batch/detail', 'pageNo', 'pageSize'),
  ),
  of(
    'the status of a batch does not filter',
    'scenario/bulk-payment',
    withoutQuery('GET /api/v1/batch/detail', 'status'),
  ),
  of(
    'amounts are a hundred times as high',
    'scenario/bulk-payment',
    bodies('GET /api/v1/batch/detail', 'amount', (amount) => Number(amount) * 100),
  ),
  of(
    'instructions stay in progress',
    'scenario/bulk-payment',
    bodies('GET /api/v1/batch/detail', 'status', () => 'IN_PROGRESS'),
  ),
  of(
    'a failure has no reason',
    'scenario/partly-failed-payment',
    bodies('GET /api/v1/batch/detail', 'errorInformation', () => undefined),
  ),
  of(
    'an unknown batch has instructions',
    'scenario/unknown-batch',
    answers('GET /api/v1/batch/detail', (answer) => ({
      ...answer,
      body: [{ transactionId: 'I', status: 'COMPLETED', batchId: 'B' }],
    })),
  ),
  of(
    'a batch is taken with 200',
    'handOverBatch/answer',
    answers('POST /batchtransactions', (answer) =>
      answer.status === 202 ? { ...answer, status: 200 } : answer,
    ),
  ),
  of(
    'the Idempotency-Key is ignored',
    'scenario/idempotency-key',
    withoutHeader('POST /batchtransactions', 'idempotency-key'),
  ),
  of('one tenant sees the beneficiaries of another', 'scenario/tenants', oneTenantForAll),
  of(
    'a refusal has another shape',
    'registerBeneficiaries/missing',
    answers('POST /identityAccountMapper/beneficiary', (answer) =>
      answer.status === 400 ? json(400, { error: 'no' }) : answer,
    ),
  ),
  of(
    'texts may be as long as they like',
    'registerBeneficiaries/limit',
    accepts('POST /identityAccountMapper/beneficiary', { responseCode: '00', responseDescription: 'taken' }),
  ),
  of(
    'a voucher can be redeemed again',
    'scenario/voucher-life',
    instead('POST /vouchers?command=redeem', async (right, request) => {
      const answer = await right(request);
      return bodyOf(answer).message === 'voucher is redeemed'
        ? json(200, { status: 1, message: 'redeemed', value: 40.5 })
        : answer;
    }),
  ),
  of(
    'any secret redeems',
    'scenario/voucher-life',
    instead('POST /vouchers?command=redeem', async (right, request) => {
      const answer = await right(request);
      return bodyOf(answer).message === 'wrong secret number'
        ? json(200, { status: 1, message: 'redeemed', value: 40.5 })
        : answer;
    }),
  ),
  of(
    'the stage of a voucher never changes',
    'scenario/voucher-life',
    bodies('GET /vouchers/*', 'status', () => 1),
  ),
  of(
    'cancelling does nothing',
    'scenario/voucher-life',
    instead('POST /vouchers?command=cancel', (right, request) =>
      right({ ...request, body: changed(request.body, 'serialNumber', () => '999999') ?? null }),
    ),
  ),
  of('an unknown voucher is found', 'scenario/voucher-unknown', accepts('GET /vouchers/*', { status: 2 })),
  of(
    'two vouchers share a number',
    'scenario/voucher-life',
    told('serialNumber', () => '123456'),
  ),
  of(
    'the ledger holds nothing',
    'scenario/ledger',
    bodies('GET /sandbox/ledger', 'entries', () => []),
  ),
  of(
    'a second cancellation succeeds',
    'scenario/cancellation-older',
    accepts('PATCH /vouchers/voucherstatuscheck/*', { message: 'ok' }),
    'older',
  ),
  of(
    'a repeated registration is refused',
    'scenario/account-mapper-older',
    (() => {
      const seen = new Set<string>();
      return instead('POST /register-beneficiary', (right, request) => {
        const key = JSON.stringify(request.body);
        if (seen.has(key))
          return Promise.resolve(json(400, { ResponseCode: '01', ResponseDescription: 'no' }));
        seen.add(key);
        return right(request);
      });
    })(),
    'older',
  ),
  of(
    'every wrong voucher has the status 400',
    'scenario/voucher-refusals-older',
    answers('POST /vouchers/voucher_preactivation', (answer) =>
      answer.status > 400 ? { ...answer, status: 400 } : answer,
    ),
    'older',
  ),
  of(
    'a used voucher is still active',
    'scenario/vouchers-older',
    answers('GET /vouchers/voucherstatuscheck/*', (answer) =>
      answer.status === 458 ? json(200, { voucher_status: 'Activated', voucher_amount: '15.25' }) : answer,
    ),
    'older',
  ),
  of(
    'a validation finds every payee',
    'scenario/prepayment-validation-older',
    answers('POST /prepayment-validation-response', (answer) => ({
      ...answer,
      body: { ...bodyOf(answer), NumberFailedCases: 0, FailedAccounts: [] } satisfies JsonObject,
    })),
    'older',
  ),
  of(
    'a batch is not paid',
    'scenario/bulk-payment-older',
    instead('POST /bulk-payment', (_right, request) => {
      const { RequestID = '' } = bodyOf(request);
      return Promise.resolve(json(200, { ResponseCode: '00', ResponseDescription: 'taken', RequestID }));
    }),
    'older',
  ),
  of(
    'a beneficiary is registered with another account',
    'scenario/account-mapper-older',
    requests('POST /register-beneficiary', (request) => ({
      ...request,
      body: changed(request.body, 'FinancialAddress', () => 'OTHER-1') ?? null,
    })),
    'older',
  ),
];

import { textOf } from '../../../../contracts/json.js';
import {
  accepts,
  bodies,
  bodyOf,
  changed,
  forgets,
  instead,
  json,
  requests,
  withoutHeader,
  type Defect,
} from './defect.js';

const bank = (name: string, seenBy: string, twist: Defect['twist']): Defect => ({
  block: 'financial-institution',
  name,
  seenBy,
  twist,
});

export const bankDefects: readonly Defect[] = [
  bank(
    'instructions are booked again',
    'scenario/credits',
    (() => {
      let times = 0;
      return instead('POST /institutions/*/credits', async (right, request) => {
        times += 1;
        const again = changed(request.body, 'batchId', (id) => `${textOf(id)}${times}`) ?? null;
        const answer = await right({ ...request, body: again });
        return answer.status === 200
          ? { ...answer, body: { ...bodyOf(answer), batchId: bodyOf(request).batchId ?? '' } }
          : answer;
      });
    })(),
  ),
  bank(
    'funds are not set aside',
    'scenario/funds',
    requests('POST /institutions/*/batches/*?command=authorize', (request) => ({
      ...request,
      headers: { ...request.headers, 'x-sandbox-check-only': 'true' },
    })),
  ),
  bank(
    'a check sets funds aside',
    'scenario/funds',
    withoutHeader('POST /institutions/*/batches/*?command=authorize', 'x-sandbox-check-only'),
  ),
  bank(
    'what is not used does not return',
    'scenario/funds',
    forgets('POST /institutions/*/batches/*?command=settle', json(200, { released: 34.5 })),
  ),
  bank(
    'unknown accounts are credited',
    'scenario/credits',
    bodies('POST /institutions/*/credits', 'status', () => 'COMPLETED'),
  ),
  bank('funds are always there', 'scenario/funds-callback', {
    callbacks: (right) => (callback) => {
      right({ ...callback, body: changed(callback.body, 'status', () => 'Y') ?? null });
    },
  }),
  bank('a validation finds every account', 'scenario/validation', {
    callbacks: (right) => (callback) => {
      const body = changed(callback.body, 'numberOfFailedCases', () => 0);
      right({ ...callback, body: changed(body, 'failedAccountLookups', () => []) ?? null });
    },
  }),
  bank('a callback forgets whom it answers', 'scenario/validation', {
    callbacks: (right) => (callback) => {
      right({ ...callback, body: changed(callback.body, 'clientCorrelationId', () => 'OTHER') ?? null });
    },
  }),
  bank(
    'an unknown account has a balance',
    'scenario/unknown',
    accepts('GET /institutions/*/accounts/*', {
      account: 'x',
      institution: 'BANK-A',
      balance: 0,
      currency: 'USD',
    }),
  ),
  bank(
    'balances are texts',
    'readAccount/answer',
    bodies('GET /institutions/*/accounts/*', 'balance', String),
  ),
  bank(
    'all accounts have one balance',
    'scenario/credits',
    bodies('GET /institutions/*/accounts/*', 'balance', () => 10.75),
  ),
  bank(
    'negative amounts are credited',
    'creditAccounts/limit',
    instead('POST /institutions/*/credits', async (right, request) => {
      const answer = await right(request);
      return answer.status === 400 ? json(200, { batchId: 'B', results: [] }) : answer;
    }),
  ),
];

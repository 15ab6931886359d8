import type { Json, JsonObject } from '../../../../contracts/json.js';
import { at, listAt, textAt } from '../../json-at.js';
import type { Answer, CallParts, CheckContext, Scenario, Suite } from '../../suite.js';

const institution = (c: CheckContext): Record<string, string> => ({
  institution: c.fixtures.text('institution'),
});
const account = (c: CheckContext): string => `${c.fixtures.text('accountPrefix')}${c.digits(8)}77`;
const correlated = (c: CheckContext): Record<string, string> => ({
  'X-Client-Correlation-ID': c.unique('C', 20),
});

const funds = (c: CheckContext, batchID: string, amount: number): JsonObject => ({
  batchID,
  payerIdentifier: c.fixtures.text('payer'),
  currency: c.fixtures.text('currency'),
  amount,
});

const command = (
  c: CheckContext,
  operationId: string,
  batchId: string,
  amount: number,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  c.call(operationId, {
    path: { ...institution(c), batchId },
    headers: { ...correlated(c), ...headers },
    body: funds(c, batchId, amount),
    ...(operationId === 'authorizeFunds'
      ? { query: { command: 'authorize' } }
      : { query: { command: 'settle' } }),
  });

const balance = async (c: CheckContext, of: string): Promise<number> =>
  Number(at(await c.call('readAccount', { path: { ...institution(c), account: of } }), 'balance'));

const instructionFor = (
  c: CheckContext,
  to: string,
  amount: number,
): JsonObject & { instructionId: string } => ({
  instructionId: c.unique('I', 16),
  account: to,
  amount,
  currency: c.fixtures.text('currency'),
});

const credit = (c: CheckContext, batchId: string, instructions: readonly Json[]): Promise<Answer> =>
  c.call('creditAccounts', { path: institution(c), body: { batchId, instructions } });

const validation = (c: CheckContext, accounts: readonly string[]): JsonObject => ({
  batchId: c.unique('B', 16),
  destinationDFSPID: c.fixtures.text('institution'),
  creditInstructions: accounts.map((financialAddress) => ({
    instructionID: c.unique('I', 16),
    financialAddress,
  })),
});

const scenarios = (): readonly Scenario[] => [
  {
    id: 'validation',
    title: 'A validation names exactly the accounts that cannot be credited, at once or as a callback',
    operations: ['validateAccounts'],
    play: async (c) => {
      const body = validation(c, [account(c), c.fixtures.text('unknownAccount')]);
      const failing = {
        numberOfFailedCases: 1,
        failedAccountLookups: [{ instructionID: textAt(body, 'creditInstructions', 1, 'instructionID') }],
      };
      const path = institution(c);
      const query = { command: 'validate' };
      const headers = correlated(c);
      const url = c.callbackUrl();
      await c.call(
        'validateAccounts',
        { path, query, headers: { ...headers, 'X-Callback-URL': url }, body },
        [202],
      );
      const told = JSON.parse((await c.callback(url, 'accountsValidated')).body) as Json;
      c.holds(
        told,
        { ...failing, clientCorrelationId: headers['X-Client-Correlation-ID'] ?? '' },
        'the callback names the accounts that fail',
      );
    },
  },
  {
    id: 'funds',
    title: 'Funds are set aside once for a batch, and what it does not use returns',
    operations: ['authorizeFunds', 'settleFunds', 'readAccount'],
    extension: true,
    play: async (c) => {
      const payer = c.fixtures.text('payer');
      const before = await balance(c, payer);
      const batch = c.unique('B', 16);
      for (const _time of ['first', 'again'])
        c.holds(
          (await command(c, 'authorizeFunds', batch, 60)).body,
          { status: 'Y' },
          'funds that are there are authorised',
        );
      c.expect(
        (await balance(c, payer)) === before - 60,
        'funds are set aside once',
        `${before} became ${await balance(c, payer)}`,
      );
      c.holds(
        (await command(c, 'settleFunds', batch, 25.5)).body,
        { released: 34.5 },
        'what is not used is released',
      );
      c.expect(
        (await balance(c, payer)) === before - 25.5,
        'what is not used returns',
        `${before} became ${await balance(c, payer)}`,
      );
      const check = await command(c, 'authorizeFunds', c.unique('B', 16), 60, {
        'X-Sandbox-Check-Only': 'true',
      });
      c.holds(check.body, { status: 'Y' }, 'funds can be checked');
      c.expect(
        (await balance(c, payer)) === before - 25.5,
        'a check sets nothing aside',
        `${before} became ${await balance(c, payer)}`,
      );
      c.holds(
        (await command(c, 'authorizeFunds', c.unique('B', 16), 9e11)).body,
        { status: 'N' },
        'funds that are not there are refused',
      );
    },
  },
  {
    id: 'funds-callback',
    title: 'A decision about funds is told as a callback, where a URL is named',
    operations: ['authorizeFunds'],
    play: async (c) => {
      for (const [amount, status] of [
        [1, 'Y'],
        [9e11, 'N'],
      ] as const) {
        const url = c.callbackUrl();
        const answer = await command(c, 'authorizeFunds', c.unique('B', 16), amount, {
          'X-Callback-URL': url,
        });
        c.expect(
          answer.status === 202,
          'a decision that follows is announced with 202',
          `it answered ${answer.status}`,
        );
        c.holds(
          JSON.parse((await c.callback(url, 'fundsDecided')).body) as Json,
          { status },
          'the callback decides rightly',
        );
      }
    },
  },
  {
    id: 'credits',
    title: 'An instruction is booked once, and magic accounts do what they say',
    operations: ['creditAccounts', 'readAccount'],
    extension: true,
    play: async (c) => {
      const batch = c.unique('B', 16);
      const [good, other] = [account(c), account(c)];
      const instructions = [
        instructionFor(c, good, 10.25),
        instructionFor(c, good, 0.5),
        instructionFor(c, other, 3),
        instructionFor(c, c.fixtures.text('unknownAccount'), 1),
        instructionFor(c, c.fixtures.text('noLiquidityAccount'), 1),
        instructionFor(c, c.fixtures.text('pendingAccount'), 1),
      ];
      const outcomes = ['COMPLETED', 'COMPLETED', 'COMPLETED', 'FAILED', 'FAILED', 'PENDING'];
      const results = instructions.map(({ instructionId }, index) => ({
        instructionId,
        status: outcomes[index] ?? '',
      }));
      for (const _time of ['first', 'again'])
        c.holds(
          (await credit(c, batch, instructions)).body,
          { batchId: batch, results },
          'each instruction has its outcome, also when it is sent again',
        );
      c.expect(
        (await balance(c, good)) === 10.75,
        'every instruction is booked, once',
        `the account holds ${await balance(c, good)}`,
      );
      c.expect(
        (await balance(c, other)) === 3,
        'each account has a balance of its own',
        `the account holds ${await balance(c, other)}`,
      );
    },
  },
  {
    id: 'unknown',
    title: 'Institutions and accounts that there are not are refused',
    operations: ['listInstitutions', 'readAccount', 'creditAccounts'],
    extension: true,
    play: async (c) => {
      const codes = listAt(await c.call('listInstitutions')).map((one) => textAt(one, 'code'));
      c.expect(
        codes.includes(c.fixtures.text('institution')),
        'an institution that there is is listed',
        codes.join(', '),
      );
      await c.call('readAccount', { path: { ...institution(c), account: c.unique('none') } }, [404]);
      await c.call(
        'creditAccounts',
        {
          path: { institution: 'NOBODY' },
          body: { batchId: c.unique('B', 16), instructions: [instructionFor(c, account(c), 1)] },
        },
        'refused',
      );
    },
  },
];

const accountThere = async (c: CheckContext): Promise<CallParts> => {
  const to = account(c);
  await credit(c, c.unique('B', 16), [instructionFor(c, to, 1)]);
  return { path: { ...institution(c), account: to } };
};

const fundsParts = (c: CheckContext, name: string, batchId = c.unique('B', 16)): CallParts => ({
  path: { ...institution(c), batchId },
  query: { command: name },
  headers: correlated(c),
  body: funds(c, batchId, 1),
});

export const financialInstitution: Suite = {
  block: 'financial-institution',
  specification: { name: 'GovStack bb-payments, what a bank is asked', version: '1.0.0' },
  limitsArePublished: true,
  samples: {
    listInstitutions: () => ({}),
    validateAccounts: (c) => ({
      path: institution(c),
      query: { command: 'validate' },
      headers: correlated(c),
      body: validation(c, [account(c)]),
    }),
    authorizeFunds: (c) => fundsParts(c, 'authorize'),
    settleFunds: async (c) => {
      const batch = c.unique('B', 16);
      await command(c, 'authorizeFunds', batch, 1);
      return fundsParts(c, 'settle', batch);
    },
    creditAccounts: (c) => ({
      path: institution(c),
      body: { batchId: c.unique('B', 16), instructions: [instructionFor(c, account(c), 1)] },
    }),
    readAccount: accountThere,
  },
  scenarios: scenarios(),
  profiles: {
    validation: { title: 'Validation of accounts', operations: ['validateAccounts'] },
    funds: { title: 'Funds of payers', operations: ['authorizeFunds', 'settleFunds', 'readAccount'] },
  },
};

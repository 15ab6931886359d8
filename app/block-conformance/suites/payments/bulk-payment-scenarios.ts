import type { Json, JsonObject } from '../../../../contracts/json.js';
import { listAt, textAt } from '../../json-at.js';
import type { Answer, Scenario } from '../../suite.js';
import {
  batchHeaders,
  detail,
  handedOver,
  institutionHeaders,
  instruction,
  isOver,
  newPayee,
  registered,
  registration,
} from './requests.js';

const BULK = ['registerBeneficiaries', 'handOverBatch', 'getBatchDetail'];

/** Validation and bulk payment. */
export function bulkPaymentScenarios(): readonly Scenario[] {
  return [
    {
      id: 'validation',
      title: 'A validation names the accounts that cannot be credited, as a callback',
      operations: ['validateBeneficiaries'],
      play: async (c) => {
        const url = c.callbackUrl();
        const correlation = c.unique('C', 20);
        const [good, bad] = [c.unique('I', 16), c.unique('I', 16)];
        const batchId = c.unique('B', 16);
        await c.call(
          'validateBeneficiaries',
          {
            query: { command: 'validate' },
            headers: { ...institutionHeaders(c, url), 'X-Client-Correlation-ID': correlation },
            body: {
              batchId,
              destinationDFSPID: c.fixtures.text('institution'),
              creditInstructions: [
                { instructionID: good, financialAddress: newPayee(c).account },
                { instructionID: bad, financialAddress: c.fixtures.text('unknownAccount') },
              ],
            },
          },
          [202],
        );
        const told = JSON.parse((await c.callback(url, 'beneficiariesValidated')).body) as Json;
        c.holds(
          told,
          {
            clientCorrelationId: correlation,
            batchId,
            numberOfFailedCases: 1,
            failedAccountLookups: [{ instructionID: bad }],
          },
          'the callback names what was asked, and exactly the accounts that fail',
        );
      },
    },
    {
      id: 'bulk-payment',
      title: 'A batch is taken, settled and told of; each instruction can be read',
      operations: BULK,
      play: async (c) => {
        const payees = await registered(c, 3);
        const instructions = payees.map(({ identity }, index) => instruction(c, identity, 10.25 + index));
        const batch = await handedOver(c, instructions);
        const told = await c.callback(batch.url, 'batchStatus', isOver);
        c.holds(
          JSON.parse(told.body) as Json,
          {
            batchId: batch.batchId,
            TotalTransactions: 3,
            completed: 3,
            failed: 0,
            completed_amount: 33.75,
            failed_amount: 0,
          },
          'the callback counts what was paid',
        );
        c.expect(told.path.includes(batch.batchId), 'the callback names the batch in its query', told.path);
        const rows = listAt(await detail(c, { batchId: batch.batchId }));
        c.expect(rows.length === 3, 'every instruction of a batch can be read', `${rows.length} of 3`);
        for (const [index, { requestId }] of instructions.entries()) {
          const row = rows.find((one) => textAt(one, 'transactionId') === requestId);
          c.holds(
            row,
            {
              status: 'COMPLETED',
              amount: 10.25 + index,
              currency: c.fixtures.text('currency'),
              batchId: batch.batchId,
            },
            'an instruction is read as it was given, with its outcome',
          );
        }
        const pages = [];
        for (const pageNo of ['0', '1', '2'])
          pages.push(...listAt(await detail(c, { batchId: batch.batchId, pageNo, pageSize: '1' })));
        c.holds(
          pages.map((row) => textAt(row, 'transactionId')).sort(),
          instructions.map(({ requestId }) => requestId).sort(),
          'the pages together hold each instruction once',
        );
        c.holds(
          (await detail(c, { batchId: batch.batchId, status: 'FAILED' })).body,
          [],
          'only the status that is asked for is listed',
        );
      },
    },
    {
      id: 'partly-failed-payment',
      title: 'Who cannot be paid is not paid, with a reason; the others are',
      operations: BULK,
      play: async (c) => {
        const [paid] = await registered(c);
        const unknown = { ...newPayee(c), account: c.fixtures.text('unknownAccount') };
        const url = c.callbackUrl();
        await c.call('registerBeneficiaries', {
          headers: institutionHeaders(c, url),
          body: registration(c, [unknown]),
        });
        await c.callback(url, 'beneficiariesRegistered');
        const identities = [paid?.identity ?? '', unknown.identity, c.unique('N', 20)];
        const batch = await handedOver(
          c,
          identities.map((identity) => instruction(c, identity)),
        );
        const told = await c.callback(batch.url, 'batchStatus', isOver);
        c.holds(
          JSON.parse(told.body) as Json,
          { completed: 1, failed: 2, completed_amount: 10, failed_amount: 20 },
          'the callback counts what was paid and what failed',
        );
        const failed = listAt(await detail(c, { batchId: batch.batchId, status: 'FAILED' }));
        c.holds(
          failed.map((row) => textAt(row, 'payeePartyId')).sort(),
          identities.slice(1).sort(),
          'those who could not be paid are listed',
        );
        for (const row of failed)
          c.expect(textAt(row, 'errorInformation') !== '', 'a failure has a reason', 'there is none');
      },
    },
    {
      id: 'unknown-batch',
      title: 'A batch that nobody handed over has no instructions',
      operations: ['getBatchDetail'],
      play: async (c) => {
        c.holds(
          (await detail(c, { batchId: c.unique('none') })).body,
          [],
          'an unknown batch has no instructions',
        );
      },
    },
    {
      id: 'funds',
      title: 'Whether the funds are there is told as a callback',
      operations: ['authorizeBatch'],
      play: async (c) => {
        for (const [amount, status] of [
          [5, 'Y'],
          [9e12, 'N'],
        ] as const) {
          const url = c.callbackUrl();
          const batchID = c.unique('B', 16);
          const correlation = c.unique('C', 20);
          await c.call(
            'authorizeBatch',
            {
              path: { batchId: batchID },
              query: { command: 'authorize' },
              headers: { 'X-Client-Correlation-ID': correlation, 'X-Callback-URL': url },
              body: {
                batchID,
                payerIdentifier: c.fixtures.text('payer'),
                currency: c.fixtures.text('currency'),
                amount,
              },
            },
            [202],
          );
          const told = JSON.parse((await c.callback(url, 'batchAuthorized')).body) as Json;
          c.holds(
            told,
            { clientCorrelationId: correlation, status },
            'the callback names the request and decides rightly',
          );
        }
      },
    },
    {
      id: 'idempotency-key',
      title: 'One Idempotency-Key is one batch',
      operations: BULK,
      extension: true,
      play: async (c) => {
        const [payee] = await registered(c);
        const url = c.callbackUrl();
        const correlation = c.unique('C', 20);
        const headers = { ...batchHeaders(c, correlation, url), 'Idempotency-Key': c.uuid() };
        const body = [instruction(c, payee?.identity ?? '')];
        const send = (
          given: readonly JsonObject[],
          expected: 'success' | readonly number[] = 'success',
        ): Promise<Answer> =>
          c.call('handOverBatch', { query: { type: 'raw' }, headers, body: given }, expected);
        const first = await send(body);
        const again = await send(body);
        c.holds(again.body, first.body ?? null, 'the same request under the same key gets the same answer');
        await send([instruction(c, payee?.identity ?? '', 11)], [422]);
        await c.callback(url, 'batchStatus', isOver);
        const rows = listAt(await detail(c, { 'X-CorrelationID': correlation }));
        c.expect(
          rows.length === 1,
          'the same request under the same key pays once',
          `${rows.length} instructions are there`,
        );
      },
    },
    {
      id: 'ledger',
      title: 'The ledger holds each delivery once',
      operations: ['handOverBatch', 'readLedger', 'readBatch'],
      extension: true,
      play: async (c) => {
        const [payee] = await registered(c);
        const batch = await handedOver(c, [instruction(c, payee?.identity ?? '', 12.5)]);
        await c.callback(batch.url, 'batchStatus', isOver);
        const ledger = await c.call('readLedger', { query: { batchId: batch.batchId } });
        c.holds(
          ledger.body,
          {
            entries: [
              {
                payeeIdentity: payee?.identity ?? '',
                account: payee?.account ?? '',
                amount: 12.5,
                batchId: batch.batchId,
              },
            ],
          },
          'a payment stands in the ledger once',
        );
        const summary = await c.call('readBatch', { path: { batchId: batch.batchId } });
        c.holds(
          summary.body,
          { stage: 'settled', total: 1, completed: 1, failed: 0, completedAmount: 12.5 },
          'the batch says how far it has come',
        );
      },
    },
    {
      id: 'signed-callbacks',
      title: 'Callbacks are signed, each for itself',
      operations: ['registerBeneficiaries'],
      play: async (c) => {
        const header = c.fixtures.text('callbackSignatureHeader').toLowerCase();
        const signatures: string[] = [];
        for (const _time of ['one', 'two']) {
          const url = c.callbackUrl();
          await c.call('registerBeneficiaries', {
            headers: institutionHeaders(c, url),
            body: registration(c, [newPayee(c)]),
          });
          signatures.push((await c.callback(url, 'beneficiariesRegistered')).headers[header] ?? '');
        }
        c.expect(!signatures.includes(''), 'a callback carries a signature', `${header} is missing`);
        c.expect(
          new Set(signatures).size === 2,
          'a signature is about the body',
          'two bodies carry the same one',
        );
      },
    },
  ];
}

import type { Json, JsonObject } from '../../../../contracts/json.js';
import { at, listAt, textAt } from '../../json-at.js';
import type { Answer, CheckContext, Scenario } from '../../suite.js';
import { detail, goodAccount, lookUp } from './requests.js';

const source = (c: CheckContext): JsonObject => ({
  RequestID: c.unique('R', 12),
  SourceBBID: c.fixtures.text('payer').slice(0, 12),
});

export function olderBeneficiaries(
  c: CheckContext,
  identity = c.unique('P', 20),
  account = goodAccount(c),
): JsonObject {
  return {
    ...source(c),
    Beneficiaries: [{ PayeeFunctionalID: identity, PaymentModality: '00', FinancialAddress: account }],
  };
}

export function olderBatch(c: CheckContext, identities: readonly string[]): JsonObject & { BatchID: string } {
  return {
    ...source(c),
    BatchID: c.unique('B', 12),
    CreditInstructions: identities.map((PayeeFunctionalID) => ({
      InstructionID: c.unique('I', 16),
      PayeeFunctionalID,
      Amount: 10,
      Currency: c.fixtures.text('currency'),
      Narration: 'Conformance check',
    })),
  };
}

export const bb = (c: CheckContext): JsonObject => ({ Gov_Stack_BB: c.fixtures.text('buildingBlock') });

export const preactivation = (c: CheckContext): JsonObject => ({
  ...bb(c),
  voucher_amount: '15.25',
  voucher_currency: c.fixtures.text('currency'),
  voucher_group: c.fixtures.text('voucherGroup'),
});

export interface OlderVoucher {
  readonly serial: string;
  readonly number: string;
}

export async function olderVoucher(c: CheckContext, active: boolean): Promise<OlderVoucher> {
  const made = await c.call('voucherPreactivation', { body: preactivation(c) });
  const voucher = { serial: textAt(made, 'voucher_serial_number'), number: textAt(made, 'voucher_number') };
  if (active)
    await c.call('voucherActivation', { body: { ...bb(c), voucher_serial_number: voucher.serial } });
  return voucher;
}

export const olderRedemption = (c: CheckContext, { number }: OlderVoucher): JsonObject => ({
  ...bb(c),
  voucher_number: number,
  merchant_name: 'Corner Shop',
  merchant_bank_details: c.fixtures.text('merchantBank'),
  merchant_voucher_group: c.fixtures.text('voucherGroup'),
  override: 'false',
});

const check = (
  c: CheckContext,
  { serial }: OlderVoucher,
  expected: 'success' | readonly number[] = 'success',
): Promise<Answer> => c.call('voucherStatusCheck', { path: { voucherserialnumber: serial } }, expected);

const redeemed = (operationId: string): Scenario => ({
  id: `${operationId === 'voucherRedemption' ? 'vouchers' : 'misspelt-redemption'}-older`,
  title: 'A voucher is made, activated, redeemed once, in the older spelling',
  operations: ['voucherPreactivation', 'voucherActivation', 'voucherStatusCheck', operationId],
  dialect: 'older',
  play: async (c) => {
    const voucher = await olderVoucher(c, false);
    c.holds(
      (await check(c, voucher)).body,
      { voucher_status: 'Pre-Activated', voucher_amount: '15.25' },
      'a new voucher is pre-activated, with its amount',
    );
    await c.call(operationId, { body: olderRedemption(c, voucher) }, 'refused');
    for (const _time of ['first', 'again'])
      await c.call('voucherActivation', { body: { ...bb(c), voucher_serial_number: voucher.serial } });
    c.holds(
      (await check(c, voucher)).body,
      { voucher_status: 'Activated' },
      'an activated voucher is activated',
    );
    await c.call(operationId, { body: olderRedemption(c, voucher) });
    await check(c, voucher, [458]);
    const other = { ...olderRedemption(c, voucher), merchant_name: 'Other Shop' };
    await c.call(operationId, { body: other }, 'refused');
  },
});

/** One operation under its two paths. */
const paid = (operationId: 'bulkPayment' | 'creditInstructions'): Scenario => ({
  id: operationId === 'bulkPayment' ? 'bulk-payment-older' : 'credit-instructions-older',
  title: 'A batch is taken and paid',
  operations: ['registerBeneficiary', operationId],
  dialect: 'older',
  play: async (c) => {
    const identity = c.unique('P', 20);
    await c.call('registerBeneficiary', { body: olderBeneficiaries(c, identity) });
    const batch = olderBatch(c, [identity, c.unique('N', 20)]);
    const taken = await c.call(operationId, { body: batch });
    c.holds(
      taken.body,
      { ResponseCode: '00', RequestID: textAt(batch, 'RequestID') },
      'a batch that was taken is named',
    );
    const rows = await c.until(
      () => detail(c, { 'X-CorrelationID': batch.BatchID }),
      (answer) =>
        listAt(answer).length === 2 && listAt(answer).every((row) => textAt(row, 'status') !== 'IN_PROGRESS'),
    );
    c.holds(
      listAt(rows).map((row) => textAt(row, 'status')),
      ['COMPLETED', 'FAILED'],
      'who is registered is paid, nobody else',
    );
  },
});

/** The dialect that deployed systems and the official suite speak; the published operations only look. */
export function olderScenarios(): readonly Scenario[] {
  return [
    {
      id: 'account-mapper-older',
      title: 'Beneficiaries are registered and changed, with the result in the answer',
      operations: ['registerBeneficiary', 'updateBeneficiaryDetails'],
      dialect: 'older',
      play: async (c) => {
        const [identity, account] = [c.unique('P', 20), goodAccount(c)];
        const body = olderBeneficiaries(c, identity, account);
        for (const _time of ['first', 'again']) {
          const taken = await c.call('registerBeneficiary', { body });
          c.holds(
            taken.body,
            { ResponseCode: '00', RequestID: textAt(body, 'RequestID') },
            'a request that was taken is named, also when it is repeated',
          );
        }
        const route = async (): Promise<Json | undefined> =>
          at(await lookUp(c, identity), 'paymentModalityList', 0);
        c.holds(await route(), { financialAddress: account }, 'who was registered is found');
        await c.call('updateBeneficiaryDetails', { body: olderBeneficiaries(c, identity, `${account}1`) });
        c.holds(await route(), { financialAddress: `${account}1` }, 'a changed route is found');
      },
    },
    {
      id: 'prepayment-validation-older',
      title: 'A validation is asked for, and its result afterwards',
      operations: ['registerBeneficiary', 'prepaymentValidation', 'prepaymentValidationResponse'],
      dialect: 'older',
      play: async (c) => {
        const [good, bad] = [c.unique('P', 20), c.unique('P', 20)];
        await c.call('registerBeneficiary', { body: olderBeneficiaries(c, good) });
        await c.call('registerBeneficiary', {
          body: olderBeneficiaries(c, bad, c.fixtures.text('unknownAccount')),
        });
        const batch = olderBatch(c, [good, bad]);
        await c.call('prepaymentValidation', { body: batch });
        const ask = (): Promise<Answer> =>
          c.call(
            'prepaymentValidationResponse',
            { body: { RequestID: c.unique('R', 12), Source_BatchID: batch.BatchID } },
            'any',
          );
        const result = await c.until(ask, (answer) => textAt(answer, 'ResponseCode') === '00');
        c.holds(
          result.body,
          {
            ResponseCode: '00',
            NumberFailedCases: 1,
            FailedAccounts: [{ InstructionID: textAt(batch, 'CreditInstructions', 1, 'InstructionID') }],
          },
          'the result names exactly the payees that fail',
        );
        const unasked = await c.call(
          'prepaymentValidationResponse',
          { body: { RequestID: c.unique('R', 12), Source_BatchID: c.unique('N', 12) } },
          'any',
        );
        c.holds(unasked.body, { ResponseCode: '01' }, 'a validation that nobody asked for has no result');
      },
    },
    paid('bulkPayment'),
    paid('creditInstructions'),
    redeemed('voucherRedemption'),
    redeemed('voucherRedemptionMisspelt'),
    {
      id: 'cancellation-older',
      title: 'A voucher is cancelled once',
      operations: ['voucherPreactivation', 'voucherActivation', 'voucherCancellation', 'voucherRedemption'],
      dialect: 'older',
      play: async (c) => {
        const voucher = await olderVoucher(c, true);
        const cancel = (expected: 'success' | readonly number[] = 'success'): Promise<Answer> =>
          c.call(
            'voucherCancellation',
            {
              path: { voucherserialnumber: voucher.serial },
              body: { ...bb(c), voucherserialnumber: voucher.serial },
            },
            expected,
          );
        await cancel();
        await cancel([464]);
        await c.call('voucherRedemption', { body: olderRedemption(c, voucher) }, 'refused');
      },
    },
    {
      id: 'voucher-refusals-older',
      title: 'Each thing that is wrong with a voucher has a status of its own',
      operations: ['voucherPreactivation', 'voucherActivation'],
      dialect: 'older',
      play: async (c) => {
        const wrong: readonly (readonly [JsonObject, number])[] = [
          [{ voucher_amount: 'much' }, 452],
          [{ voucher_currency: 'QQQ' }, 453],
          [{ voucher_group: '' }, 454],
          [{ Gov_Stack_BB: 'bb-nobody-knows' }, 460],
        ];
        for (const [change, status] of wrong)
          await c.call('voucherPreactivation', { body: { ...preactivation(c), ...change } }, [status]);
        await c.call('voucherActivation', { body: { ...bb(c), voucher_serial_number: '9999999999' } }, [456]);
      },
    },
  ];
}

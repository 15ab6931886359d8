import type { Json, JsonObject } from '../../../../contracts/json.js';
import { at, textAt } from '../../json-at.js';
import type { Answer, CheckContext } from '../../suite.js';

/** Requests that payments' scenarios share. Lengths are those of the published documents. */
export const institutionHeaders = (c: CheckContext, url: string): Record<string, string> => ({
  'X-Callback-URL': url,
  'X-Registering-Institution-ID': c.fixtures.text('registeringInstitution'),
});

export const lookupHeaders = (c: CheckContext): Record<string, string> => ({
  'X-Callback_URL': 'http://127.0.0.1/',
  registeringInstitutionId: c.fixtures.text('registeringInstitution'),
});

export interface Payee {
  readonly identity: string;
  readonly account: string;
}

/** Somebody with an account that can be credited: no magic ending. */
export function newPayee(c: CheckContext): Payee {
  return { identity: c.unique('P', 20), account: goodAccount(c) };
}

export function goodAccount(c: CheckContext): string {
  return `${c.fixtures.text('accountPrefix')}${c.digits(6)}77`;
}

export function registration(c: CheckContext, payees: readonly Payee[], modality = '00'): JsonObject {
  return {
    RequestID: c.unique('R', 12),
    Beneficiaries: payees.map(({ identity, account }) => ({
      payeeIdentity: identity,
      PaymentModality: modality,
      FinancialAddress: account,
    })),
  };
}

export async function registered(c: CheckContext, count = 1): Promise<readonly Payee[]> {
  const payees = Array.from({ length: count }, () => newPayee(c));
  const url = c.callbackUrl();
  const body = registration(c, payees);
  await c.call('registerBeneficiaries', { headers: institutionHeaders(c, url), body });
  await c.callback(url, 'beneficiariesRegistered');
  return payees;
}

export const lookUp = (c: CheckContext, identity: string): Promise<Answer> =>
  c.call('lookUpBeneficiary', {
    query: { payeeIdentity: identity, requestId: c.unique('L', 12) },
    headers: lookupHeaders(c),
  });

export function instruction(c: CheckContext, payee: string, amount = 10): JsonObject & { requestId: string } {
  return {
    requestId: c.unique('I', 16),
    creditParty: [{ key: 'payeeIdentity', value: payee }],
    debitParty: [{ key: 'payerIdentity', value: c.fixtures.text('payer') }],
    paymentMode: 'transfer',
    amount,
    currency: c.fixtures.text('currency'),
    descriptionText: 'Conformance check',
  };
}

export const batchHeaders = (c: CheckContext, correlation: string, url: string): Record<string, string> => ({
  'X-CorrelationID': correlation,
  'Platform-TenantId': c.fixtures.text('tenant'),
  'X-Program-Id': c.fixtures.text('programme'),
  'X-Callback-URL': url,
});

export const detail = (c: CheckContext, query: Readonly<Record<string, string>>): Promise<Answer> =>
  c.call('getBatchDetail', { query, headers: { 'Platform-TenantId': c.fixtures.text('tenant') } });

export function voucherOrder(c: CheckContext, count = 1): JsonObject & { requestID: string } {
  return {
    requestID: c.unique('V', 12),
    batchID: c.unique('B', 12),
    voucherInstructions: Array.from({ length: count }, () => ({
      instructionID: c.unique('I', 16),
      currency: c.fixtures.text('currency'),
      amount: 40.5,
      payeeFunctionalID: c.unique('P', 20),
      narration: 'Check',
    })),
  };
}

export interface Voucher {
  readonly serialNumber: string;
  readonly voucherNumber: string;
}

export async function newVouchers(c: CheckContext, count = 1): Promise<readonly Voucher[]> {
  const url = c.callbackUrl();
  const body = voucherOrder(c, count);
  await c.call('createVouchers', { headers: { 'X-Callback-URL': url }, body });
  const { body: text } = await c.callback(url, 'vouchersCreated');
  const { voucherInstructions = [] } = JSON.parse(text) as { voucherInstructions?: Voucher[] };
  c.expect(
    voucherInstructions.length === count,
    'every voucher that was ordered is made',
    `${voucherInstructions.length} of ${count}`,
  );
  const made = voucherInstructions.filter(({ serialNumber, voucherNumber }) => serialNumber && voucherNumber);
  if (made.length < count) c.skip('vouchers came without their numbers');
  return made;
}

export const serials = (vouchers: readonly Voucher[]): readonly JsonObject[] =>
  vouchers.map(({ serialNumber }) => ({ serialNumber }));

export const activation = (c: CheckContext, vouchers: readonly Voucher[]): JsonObject => ({
  RequestID: c.unique('V', 12),
  VoucherInstructions: serials(vouchers),
});

export const redemption = (
  c: CheckContext,
  voucher: Voucher,
  secret = voucher.voucherNumber.slice(-6),
): JsonObject => ({
  requestID: c.unique('V', 12),
  voucherSerialNumber: voucher.serialNumber,
  agentID: 'AGENT-1',
  voucherSecretNumber: secret,
});

export interface Batch {
  readonly batchId: string;
  readonly correlation: string;
  readonly url: string;
}

export async function handedOver(c: CheckContext, instructions: readonly JsonObject[]): Promise<Batch> {
  const url = c.callbackUrl();
  const correlation = c.unique('C', 20);
  const answer = await c.call('handOverBatch', {
    query: { type: 'raw' },
    headers: batchHeaders(c, correlation, url),
    body: instructions,
  });
  return { batchId: textAt(answer, 'batchId'), correlation, url };
}

export const isOver = (body: JsonObject): boolean =>
  Number(body.completed ?? 0) + Number(body.failed ?? 0) === Number(body.TotalTransactions);

export const routeOf = (answer: Answer): Json | undefined => at(answer, 'paymentModalityList', 0);

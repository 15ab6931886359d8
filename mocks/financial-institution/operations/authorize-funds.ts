import type { Effect, Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { magicRule } from '../../kit/magic.js';
import { toMinor } from '../../kit/money.js';
import { isShortOfFunds } from '../outcomes.js';
import { institutionOf, type InstitutionState } from '../state.js';

export interface FundsRequest {
  readonly payerIdentifier: string;
  readonly currency: string;
  readonly amount: number;
}

/** bb-payments, Batch Funds Authorization: sets the money aside, once per batch, payer and currency. */
export const authorizeFunds: Operation<InstitutionState> = async ({ state, path, headers, body, now }) => {
  const { code } = await institutionOf(state, path.institution);
  const { payerIdentifier, currency, amount } = body as unknown as FundsRequest;
  const reservationId = `${code}/${path.batchId ?? ''}/${payerIdentifier}/${currency}`;
  const [account, reservation] = await Promise.all([
    state.accounts.get(`${code}/${payerIdentifier}`),
    state.reservations.get(reservationId),
  ]);
  const amountMinor = toMinor(amount);
  const reason = refusalReason();
  const effects: Effect[] = [];
  if (reason === undefined && !reservation && account && headers['x-sandbox-check-only'] !== 'true') {
    const balanceMinor = account.doc.balanceMinor - amountMinor;
    effects.push(put('accounts', { ...account.doc, balanceMinor }));
    effects.push(
      put('reservations', { _id: reservationId, amountMinor, releasedMinor: 0, at: now.toISOString() }),
    );
  }
  const correlation = headers['x-client-correlation-id'] ?? '';
  const decision = {
    clientCorrelationId: correlation,
    status: reason === undefined ? 'Y' : 'N',
    reason: reason ?? 'the funds are set aside',
  };
  const refused = isShortOfFunds(payerIdentifier) ? magicRule('insufficient-funds') : 'funds-refused';
  const rule = reason === undefined ? 'funds-authorised' : refused;
  const url = headers['x-callback-url'];
  if (url === undefined) return { status: 200, rule, body: decision, effects };
  return {
    status: 202,
    rule,
    body: { message: 'Authorisation is in process (training).' },
    effects,
    callbacks: [
      {
        id: `funds/${reservationId}/${correlation}`,
        block: 'financial-institution',
        operationId: 'fundsDecided',
        url,
        body: decision,
      },
    ],
  };

  function refusalReason(): string | undefined {
    if (reservation) {
      const same = reservation.doc.amountMinor === amountMinor;
      return same ? undefined : 'another amount was authorised for this batch before';
    }
    if (!account) return 'the account of the payer is not known';
    if (account.doc.currency !== currency)
      return `the account of the payer is held in ${account.doc.currency}`;
    return isShortOfFunds(payerIdentifier) || account.doc.balanceMinor < amountMinor
      ? 'the account of the payer has insufficient funds'
      : undefined;
  }
};

import { SandboxError } from '../../../contracts/problems.js';
import type { Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { toMajor, toMinor } from '../../kit/money.js';
import { institutionOf, type InstitutionState } from '../state.js';
import type { FundsRequest } from './authorize-funds.js';

/** Returns what a batch did not use. Raises GSB-REQ-002 when nothing was set aside, GSB-REQ-001 when more was used. */
export const settleFunds: Operation<InstitutionState> = async ({ state, path, body }) => {
  const { code } = await institutionOf(state, path.institution);
  const { payerIdentifier, currency, amount } = body as unknown as FundsRequest;
  const id = `${code}/${path.batchId ?? ''}/${payerIdentifier}/${currency}`;
  const reservation = (await state.reservations.get(id))?.doc;
  const account = (await state.accounts.get(`${code}/${payerIdentifier}`))?.doc;
  if (!reservation || !account) {
    throw new SandboxError('GSB-REQ-002', { detail: `nothing is set aside for batch ${path.batchId ?? ''}` });
  }
  const releasedMinor = reservation.amountMinor - toMinor(amount);
  if (releasedMinor < 0)
    throw new SandboxError('GSB-REQ-001', { detail: 'amount is more than what was set aside' });
  const balanceMinor = account.balanceMinor + releasedMinor - reservation.releasedMinor;
  return {
    status: 200,
    rule: 'settled',
    body: { released: toMajor(releasedMinor) },
    effects: [
      put('accounts', { ...account, balanceMinor }),
      put('reservations', { ...reservation, releasedMinor }),
    ],
  };
};

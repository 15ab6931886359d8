import { SandboxError } from '../../../contracts/problems.js';
import type { Operation } from '../../kit/contract-block.js';
import { toMajor } from '../../kit/money.js';
import { institutionOf, type InstitutionState } from '../state.js';

/** Raises GSB-REQ-002 for an account that was neither seeded nor credited yet. */
export const readAccount: Operation<InstitutionState> = async ({ state, path }) => {
  const { code } = await institutionOf(state, path.institution);
  const account = (await state.accounts.get(`${code}/${path.account ?? ''}`))?.doc;
  if (!account) throw new SandboxError('GSB-REQ-002', { detail: `${code} has no such account` });
  const { institution, holder, balanceMinor, currency } = account;
  const body = { account: account.account, institution, balance: toMajor(balanceMinor), currency };
  return { status: 200, rule: 'found', body: holder === undefined ? body : { ...body, holder } };
};

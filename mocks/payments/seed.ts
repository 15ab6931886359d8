import type { BlockSeeds } from '../../contracts/block.js';
import type { SeedContext } from '../kit/contract-block.js';
import { accountSeedSchema, defaultInstitutions, institutionSchema } from '../kit/institutions.js';
import type { PaymentsState } from './state.js';

/** Seeds `institutions` (the sandbox's own by default) and, from `accounts`, where each payer's account is held. */
export async function seedPayments({ state }: SeedContext<PaymentsState>, seeds: BlockSeeds): Promise<void> {
  const given = (seeds.institutions ?? []).map((seed) => institutionSchema.parse(seed));
  const institutions = given.length > 0 ? given : defaultInstitutions;
  await state.institutions.putMany(
    institutions.map((institution) => ({ _id: institution.code, institution })),
  );
  const accounts = (seeds.accounts ?? []).map((seed) => accountSeedSchema.parse(seed));
  await state.payers.putMany(accounts.map(({ account, institution }) => ({ _id: account, institution })));
}

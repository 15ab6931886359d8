import type { BlockSeeds } from '../../contracts/block.js';
import type { SeedContext } from '../kit/contract-block.js';
import { accountSeedSchema, defaultInstitutions, institutionSchema } from '../kit/institutions.js';
import { toMinor } from '../kit/money.js';
import type { InstitutionState } from './state.js';

/** Seeds `institutions` and `accounts`; without institutions the sandbox's own four are played. */
export async function seedInstitutions(
  { state }: SeedContext<InstitutionState>,
  seeds: BlockSeeds,
): Promise<void> {
  const given = (seeds.institutions ?? []).map((seed) => institutionSchema.parse(seed));
  const institutions = given.length > 0 ? given : defaultInstitutions;
  await state.institutions.putMany(
    institutions.map((institution) => ({ _id: institution.code, institution })),
  );
  const accounts = (seeds.accounts ?? []).map((seed) => accountSeedSchema.parse(seed));
  await state.accounts.putMany(
    accounts.map(({ account, institution, holder, balance, currency }) => ({
      _id: `${institution}/${account}`,
      institution,
      account,
      ...(holder === undefined ? {} : { holder }),
      balanceMinor: toMinor(balance),
      currency,
      instructions: 0,
    })),
  );
}

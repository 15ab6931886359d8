import type { BlockSeeds } from '../../contracts/block.js';
import type { SeedContext } from '../kit/contract-block.js';
import { accountSeedSchema, defaultInstitutions, institutionSchema } from '../kit/institutions.js';
import { defaultBuildingBlocks } from './building-blocks.js';
import { buildingBlockSeedSchema, parseVoucher, parseVoucherGroup } from './seed-vouchers.js';
import type { PaymentsState } from './state.js';

/**
 * Seeds `institutions` (the sandbox's own by default); from `accounts`, where each payer's account is held;
 * `buildingBlocks` (GovStack's by default), `voucherGroups` with their funds, and `vouchers`.
 */
export async function seedPayments(
  { state, now }: SeedContext<PaymentsState>,
  seeds: BlockSeeds,
): Promise<void> {
  const given = (seeds.institutions ?? []).map((seed) => institutionSchema.parse(seed));
  const institutions = given.length > 0 ? given : defaultInstitutions;
  await state.institutions.putMany(
    institutions.map((institution) => ({ _id: institution.code, institution })),
  );
  const accounts = (seeds.accounts ?? []).map((seed) => accountSeedSchema.parse(seed));
  await state.payers.putMany(accounts.map(({ account, institution }) => ({ _id: account, institution })));
  const named = (seeds.buildingBlocks ?? []).map((seed) => buildingBlockSeedSchema.parse(seed).name);
  const callers = named.length > 0 ? named : defaultBuildingBlocks;
  await state.buildingBlocks.putMany(callers.map((name) => ({ _id: name })));
  await state.voucherGroups.putMany((seeds.voucherGroups ?? []).map(parseVoucherGroup));
  await state.vouchers.putMany((seeds.vouchers ?? []).map((seed) => parseVoucher(seed, now)));
}

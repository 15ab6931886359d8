import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.js';
import { isPayable, toMinor } from '../kit/money.js';
import type { VoucherDocument, VoucherGroupDocument } from './state.js';
import { exactNumber } from './voucher-number.js';
import { voucherExpiry } from './voucher-stage.js';

/** A seed under `buildingBlocks`: who may ask for vouchers in the older dialect. */
export const buildingBlockSeedSchema = z.strictObject({ name: z.string().min(1) });

const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 currency');
const digits = z.string().regex(/^\d{1,25}$/, 'must be up to 25 digits');

const groupSeedSchema = z.strictObject({
  group: z.string().min(1),
  /** What its funding account holds, in major units. */
  funds: z.number().nonnegative(),
  currency,
});

const voucherSeedSchema = z.strictObject({
  serialNumber: digits,
  /** Follows from the serial number where nobody must know it beforehand. */
  voucherNumber: digits.optional(),
  stage: z.enum(['created', 'active', 'suspended', 'blocked', 'redeemed', 'cancelled']).default('created'),
  amount: z.number().refine(isPayable, 'must be positive, with at most two decimals'),
  currency,
  group: z.string().min(1).optional(),
  payeeIdentity: z.string().max(20).default(''),
  expiresAt: z.iso.datetime().optional(),
});

/** One entry of the seed collection `voucherGroups`. Raises a ZodError. */
export function parseVoucherGroup(seed: JsonObject): VoucherGroupDocument {
  const { group, funds, ...rest } = groupSeedSchema.parse(seed);
  return { _id: group, fundsMinor: toMinor(funds), ...rest };
}

/** One entry of the seed collection `vouchers`; expires half a year after `now`, where it does not say. Raises a ZodError. */
export function parseVoucher(seed: JsonObject, now: Date): VoucherDocument {
  const voucher = voucherSeedSchema.parse(seed);
  const { serialNumber, stage, payeeIdentity, group } = voucher;
  return {
    _id: serialNumber,
    stage,
    voucherNumber: voucher.voucherNumber ?? exactNumber('seed', serialNumber),
    batchId: 'seeds',
    instructionId: serialNumber,
    programme: '',
    payeeIdentity,
    amountMinor: toMinor(voucher.amount),
    currency: voucher.currency,
    expiresAt: voucher.expiresAt ?? voucherExpiry(now),
    ...(group === undefined ? {} : { group }),
  };
}

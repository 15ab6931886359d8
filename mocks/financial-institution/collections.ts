import { z } from 'zod';
import type { BlockDefinition } from '../kit/block-definition.js';
import { count, currency, instant, minor, text } from '../kit/document-schemas.js';
import { institutionSchema } from '../kit/institutions.js';
import type { InstitutionState } from './state.js';

export const collections: NonNullable<BlockDefinition<InstitutionState>['collections']> = {
  institutions: { title: 'Banks and operators', schema: z.strictObject({ institution: institutionSchema }) },
  accounts: {
    title: 'Accounts with their balances, in minor units',
    schema: z.strictObject({
      institution: text,
      account: text,
      holder: z.string().optional(),
      balanceMinor: minor,
      currency,
      instructions: count,
    }),
  },
  credits: {
    title: 'Credits that were booked, refused or wait',
    schema: z.strictObject({
      account: text,
      amountMinor: minor,
      currency,
      status: z.enum(['COMPLETED', 'FAILED', 'PENDING']),
      reason: z.string().optional(),
      decidedAt: instant.optional(),
      at: instant,
    }),
  },
  reservations: {
    title: 'Funds set aside for batches',
    schema: z.strictObject({ amountMinor: minor, releasedMinor: minor, at: instant }),
  },
};

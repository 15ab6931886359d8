import { z } from 'zod';
import type { BlockDefinition } from '../kit/block-definition.js';
import { anyObject, count, currency, instant, minor, text } from '../kit/document-schemas.js';
import { institutionSchema, isPaymentModality } from '../kit/institutions.js';
import type { PaymentsState } from './state.js';

const modality = z.string().refine(isPaymentModality, 'must be one of 00, 01, 02, 03, 04');

export const collections: NonNullable<BlockDefinition<PaymentsState>['collections']> = {
  institutions: {
    title: 'Where payments are routed',
    schema: z.strictObject({ institution: institutionSchema }),
  },
  payers: { title: "Payers' accounts", schema: z.strictObject({ institution: text }) },
  beneficiaries: {
    title: 'Account mapper: where each beneficiary is paid',
    schema: z.strictObject({
      modality: modality.optional(),
      address: z.string(),
      institution: text.optional(),
      active: z.boolean(),
      registeredBy: z.string(),
      at: instant,
    }),
  },
  batches: {
    title: 'Batches',
    schema: z.strictObject({
      correlationId: z.string(),
      tenant: z.string(),
      programme: z.string(),
      callbackUrl: z.string(),
      stage: z.enum(['accepted', 'resolved', 'authorised', 'settled', 'stalled']),
      round: count,
      figures: z.strictObject({
        total: count,
        completed: count,
        failed: count,
        totalMinor: minor,
        completedMinor: minor,
        failedMinor: minor,
      }),
      payers: z.array(z.strictObject({ payer: text, currency, amountMinor: minor })),
      at: instant,
    }),
  },
  instructions: {
    title: 'Instructions of batches',
    schema: z.strictObject({
      batchId: text,
      instructionId: text,
      payee: z.string(),
      payeeKey: z.string(),
      payer: z.string(),
      payerKey: z.string(),
      amountMinor: minor,
      currency,
      narration: z.string().optional(),
      status: z.enum(['IN_PROGRESS', 'COMPLETED', 'FAILED']),
      route: z.strictObject({ institution: text, account: text }).optional(),
      reason: z.string().optional(),
      startedAt: instant,
      completedAt: instant.optional(),
    }),
  },
  ledger: {
    title: 'Credits that reached somebody',
    schema: z.strictObject({
      programme: z.string(),
      payeeIdentity: text,
      account: text,
      amountMinor: minor,
      currency,
      batchId: text,
      instructionId: text,
      correlationId: z.string(),
      at: instant,
    }),
  },
  validations: {
    title: 'Account checks',
    schema: z.strictObject({
      correlationId: z.string(),
      batchId: z.string(),
      destination: text.optional(),
      callbackUrl: z.string(),
      instructions: z.array(z.strictObject({ instructionId: text, address: z.string() })),
      collected: anyObject.optional(),
    }),
  },
  vouchers: {
    title: 'Vouchers',
    schema: z.strictObject({
      stage: z.enum(['created', 'active', 'suspended', 'blocked', 'redeemed', 'cancelled']),
      voucherNumber: text,
      batchId: z.string(),
      instructionId: z.string(),
      programme: z.string(),
      payeeIdentity: z.string(),
      amountMinor: minor,
      currency,
      expiresAt: instant,
      group: text.optional(),
      transactionId: z.string().optional(),
      merchant: z.string().optional(),
    }),
  },
  voucherGroups: {
    title: 'Funds of voucher groups',
    schema: z.strictObject({ fundsMinor: minor, currency }),
  },
  buildingBlocks: { title: 'Who may hand in payments', schema: z.strictObject({}) },
  counters: { title: 'Numbers given last', schema: z.strictObject({ next: count }) },
};

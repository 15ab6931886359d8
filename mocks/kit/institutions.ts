import { z } from 'zod';

/**
 * The financial institutions of the sandbox, as payments routes to them and as their own block plays them: two
 * blocks that may not import each other read the same seeds.
 */
const paymentModalities = {
  '00': 'bank account',
  '01': 'mobile money',
  '02': 'voucher',
  '03': 'pay-point',
  '04': 'digital wallet',
} as const;
export type PaymentModality = keyof typeof paymentModalities;

export function isPaymentModality(text: string): text is PaymentModality {
  return Object.hasOwn(paymentModalities, text);
}

/** A seed under `institutions`. */
export const institutionSchema = z.object({
  /** The bankingInstitutionCode of the published documents. */
  code: z.string().min(1).max(11),
  name: z.string(),
  /** `instance/class/member/application/service` in the mediator. */
  service: z.string().regex(/^[^/]+(\/[^/]+){4}$/),
  modalities: z.array(z.enum(['00', '01', '03', '04'])).min(1),
  /** Accounts that start so belong to it, when nobody says otherwise. */
  prefixes: z.array(z.string().min(1)).default([]),
});
export type Institution = z.infer<typeof institutionSchema>;

/** A seed under `accounts`: the payers' accounts with their means; payees' accounts open by themselves. */
export const accountSeedSchema = z.object({
  account: z.string().min(1).max(30),
  institution: z.string().max(11),
  holder: z.string().optional(),
  /** In major units, at most two decimals. */
  balance: z.number().nonnegative().default(0),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

/** Used where a workspace's seeds name no institutions. The first that offers a modality is its default. */
export const defaultInstitutions: readonly Institution[] = [
  {
    code: 'BANK-A',
    name: 'First Training Bank',
    service: 'SANDBOX/COM/BANK-A/CORE/accounts',
    modalities: ['00'],
    prefixes: ['BA', 'GOV'],
  },
  {
    code: 'BANK-B',
    name: 'Second Training Bank',
    service: 'SANDBOX/COM/BANK-B/CORE/accounts',
    modalities: ['00'],
    prefixes: ['BB'],
  },
  {
    code: 'MOBILE-OP',
    name: 'Training Mobile Money',
    service: 'SANDBOX/COM/MOBILE-OP/WALLET/accounts',
    modalities: ['01', '04'],
    prefixes: ['+'],
  },
  {
    code: 'PAYPOINT',
    name: 'Training Pay-points',
    service: 'SANDBOX/COM/PAYPOINT/AGENTS/accounts',
    modalities: ['03'],
    prefixes: ['PP'],
  },
];

import { magicOf, type MagicTable } from '../kit/magic.js';

export const passwordTable = {
  block: 'identity',
  title: 'One-time passwords',
  where:
    'the challenge with which somebody authenticates: nothing is sent in training. Every other one is wrong.',
  values: [
    {
      match: { is: '111111' },
      outcome: 'authenticated',
      explanation: 'Right for every known person.',
    },
    {
      match: { is: '222222' },
      outcome: 'code-expired',
      explanation:
        'Was right, and has expired: `auth_failed`, counted as a wrong one. Another one may follow.',
    },
    {
      match: { is: '333333' },
      outcome: 'kyc-rejected',
      explanation:
        'The identity provider refuses the person (KYC rejected): `auth_failed`, the transaction ends.',
    },
  ],
} as const satisfies MagicTable;

export type PasswordOutcome = (typeof passwordTable)['values'][number]['outcome'];

export function passwordOutcome(challenge: string): PasswordOutcome | undefined {
  return magicOf<PasswordOutcome>(passwordTable, challenge)?.outcome;
}

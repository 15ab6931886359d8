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

export const biometricTable = {
  block: 'identity',
  title: 'Biometrics',
  where:
    'a sample, which is a text: the challenge of the factor `BIO` (as `alpha-numeric`; as `encoded-json` a list of `{"data": "…"}`), and each `bdb` of an enrollment packet. Every other one is right for whoever it was enrolled for.',
  values: [
    {
      match: { is: 'BIO-MATCH' },
      outcome: 'biometric-match',
      explanation: 'Right for every known person.',
    },
    {
      match: { is: 'BIO-NO-MATCH' },
      outcome: 'biometric-no-match',
      explanation:
        'Wrong for everybody, also for whoever enrolled it: `auth_failed`, counted as a wrong challenge.',
    },
    {
      match: { is: 'BIO-POOR-QUALITY' },
      outcome: 'biometric-poor-quality',
      explanation:
        'Too poor to compare: `auth_failed`, not counted, capture again. A packet with it is not kept: `biometric_quality`.',
    },
  ],
} as const satisfies MagicTable;

export type BiometricOutcome = (typeof biometricTable)['values'][number]['outcome'];

export function biometricOutcome(sample: string): BiometricOutcome | undefined {
  return magicOf<BiometricOutcome>(biometricTable, sample)?.outcome;
}

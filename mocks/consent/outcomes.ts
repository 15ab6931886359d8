import { magicOf, type MagicTable } from '../kit/magic.js';

export const subjectTable = {
  block: 'consent',
  title: 'People who consent',
  where:
    'the foundational identifier of the individual (`identityProviderId`). Everybody else keeps to what they said.',
  values: [
    {
      match: { begins: '9', ends: '0021' },
      outcome: 'withdrawn-meanwhile',
      explanation:
        'Consents are recorded and signed as always, but withdrawn by the time the mediator asks: the reading of a registry is refused.',
    },
  ],
} as const satisfies MagicTable;

export function withdrawsMeanwhile(subject: string | undefined): boolean {
  return magicOf(subjectTable, subject) !== undefined;
}

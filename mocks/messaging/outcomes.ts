import { magicOf, type MagicTable } from '../kit/magic.js';

export const recipientTable = {
  block: 'messaging',
  title: 'Recipients',
  where: 'a phone number, or what stands before the @ of an e-mail address. Every other one is reached.',
  values: [
    {
      match: { ends: '0009' },
      outcome: 'bounced',
      explanation: 'The phone cannot be reached, the e-mail bounces: the message ends as `bounced`.',
    },
    {
      match: { ends: '0010' },
      outcome: 'deferred',
      explanation: 'Deferred at first, delivered at the second attempt, two seconds later.',
    },
  ],
} as const satisfies MagicTable;

type RecipientOutcome = (typeof recipientTable)['values'][number]['outcome'];

/** What becomes of a message to this address or number; undefined: it is delivered. */
export function recipientOutcome(to: string): RecipientOutcome | undefined {
  return magicOf<RecipientOutcome>(recipientTable, to.split('@')[0] ?? to)?.outcome;
}

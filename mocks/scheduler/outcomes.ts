import { magicOf, type MagicTable } from '../kit/magic.js';

export const eventTable = {
  block: 'scheduler',
  title: 'Events',
  where: 'the name of the event that an appointment is for. Every other event has room up to its limit.',
  values: [
    {
      match: { ends: ' FULL' },
      outcome: 'slot-full',
      explanation: 'The appointment is refused with 400: no slot is left, whatever `subscriber_limit` says.',
    },
  ],
} as const satisfies MagicTable;

export function isFullByName(name: unknown): boolean {
  return typeof name === 'string' && magicOf(eventTable, name) !== undefined;
}

import { z } from 'zod';
import type { BlockSeeds } from '../../contracts/block.js';
import type { SeedContext } from '../kit/block-definition.js';
import { normalise } from './reserved-recipients.js';
import type { MessagingState } from './state.js';

/** Seeds: `notices` ({locale, text}) and `allowList` ({recipient}: an address, a number, or `@domain`). */
const noticeSeed = z.strictObject({ locale: z.string().min(2), text: z.string().min(10) });
const allowSeed = z.strictObject({ recipient: z.string().min(2) });

export async function seedMessaging(
  { state }: SeedContext<MessagingState>,
  seeds: BlockSeeds,
): Promise<void> {
  const notices = z.array(noticeSeed).parse(seeds.notices ?? []);
  const allowed = z.array(allowSeed).parse(seeds.allowList ?? []);
  await state.notices.putMany(notices.map(({ locale, text }) => ({ _id: locale, text })));
  await state.allowed.putMany(allowed.map(({ recipient }) => ({ _id: allowEntry(recipient) })));
}

export function allowEntry(recipient: string): string {
  return normalise(recipient.includes('@') ? 'email' : 'sms', recipient);
}

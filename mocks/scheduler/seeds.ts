import { z } from 'zod';
import type { BlockSeeds } from '../../contracts/block.js';
import type { JsonObject } from '../../contracts/json.js';
import type { SeedContext } from '../kit/block-definition.js';
import type { KindName } from './kinds.js';
import type { SchedulerState } from './state.js';

/** Seeds: `entities`, `resources`, `subscribers`, `events`, `messages`, `affiliations`, `appointments`: {id, ...details}. Alerts are set by workflows. */
const seeded: Readonly<Record<string, KindName>> = {
  entities: 'entity',
  resources: 'resource',
  subscribers: 'subscriber',
  events: 'event',
  messages: 'message',
  affiliations: 'affiliation',
  appointments: 'appointment',
};

const itemSeed = z.looseObject({ id: z.string().regex(/^[A-Za-z0-9._-]+$/) });

export async function seedScheduler(
  { state }: SeedContext<SchedulerState>,
  seeds: BlockSeeds,
): Promise<void> {
  for (const [name, kind] of Object.entries(seeded)) {
    const items = z.array(itemSeed).parse(seeds[name] ?? []);
    await state[kind].putMany(
      items.map(({ id, ...details }) => ({ _id: id, details: details as JsonObject, deleted: false })),
    );
  }
}

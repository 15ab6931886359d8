import { z } from 'zod';
import type { BlockDefinition } from '../kit/block-definition.js';
import { anyObject } from '../kit/document-schemas.js';
import { kindNames, type KindName } from './kinds.js';
import type { SchedulerState } from './state.js';

const titles: Readonly<Record<KindName, string>> = {
  event: 'Events',
  appointment: 'Appointments: who takes part in which event',
  entity: 'Organisations and people that host or take part',
  resource: 'Rooms, people and things that can be booked',
  subscriber: 'Who is told of what',
  message: 'Texts of alerts',
  affiliation: 'Which resource belongs to whom',
  alert_schedule: 'When somebody is told',
  log: 'What happened',
};

export const collections: NonNullable<BlockDefinition<SchedulerState>['collections']> = Object.fromEntries(
  kindNames.map((name) => [
    name,
    { title: titles[name], schema: z.strictObject({ details: anyObject, deleted: z.boolean() }) },
  ]),
);

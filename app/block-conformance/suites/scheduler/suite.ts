import type { Profile, Sample, Suite } from '../../suite.js';
import { schedulerScenarios } from './scenarios.js';
import { asking, made, planOf, things, type Thing } from './things.js';

const kinds = Object.keys(things) as Thing[];
const verbs = ['New', 'Modify', 'Delete', 'List'] as const;
const operationsOf = (...of: readonly Thing[]): readonly string[] =>
  of.flatMap((thing) => verbs.map((verb) => `${things[thing]}${verb}`));

function samplesOf(thing: Thing): readonly (readonly [string, Sample])[] {
  const start = things[thing];
  return [
    [`${start}New`, async (c) => asking(c, { qry: (await planOf(c, thing)).qry })],
    [
      `${start}Modify`,
      async (c) => {
        const { qry, change } = await planOf(c, thing);
        return asking(c, { [`${thing}_id`]: await made(c, thing, qry), qry: { details: change } });
      },
    ],
    [
      `${start}Delete`,
      async (c) => asking(c, { [`${thing}_id`]: await made(c, thing, (await planOf(c, thing)).qry) }),
    ],
    [`${start}List`, (c) => asking(c, { qry: {} })],
  ];
}

const profiles: Readonly<Record<string, Profile>> = {
  events: {
    title: 'Events and appointments',
    operations: [
      ...operationsOf('event', 'appointment'),
      'subscriberNew',
      'resourceNew',
      'resourceAvailability',
    ],
  },
  people: {
    title: 'Entities, resources, subscribers and affiliations',
    operations: operationsOf('entity', 'resource', 'subscriber', 'affiliation'),
  },
  alerts: {
    title: 'Messages, alerts and logs',
    operations: [
      ...operationsOf('message', 'alert_schedule', 'log'),
      'eventNew',
      'subscriberNew',
      'appointmentNew',
    ],
  },
};

export const scheduler: Suite = {
  block: 'scheduler',
  specification: { name: 'GovStack bb-scheduler', version: '1.0.0' },
  samples: {
    ...Object.fromEntries(kinds.flatMap(samplesOf)),
    resourceAvailability: (c) =>
      asking(c, {
        qry: { free_resource_filter: { from: '2090-03-01T08:00:00Z', to: '2090-03-01T12:00:00Z' } },
      }),
  },
  scenarios: schedulerScenarios(),
  profiles,
};

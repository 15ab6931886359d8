import type { JsonObject } from '../../../../contracts/json.js';
import type { CallParts, CheckContext, Sample, Suite } from '../../suite.js';
import { configurationScenarios } from './configuration-scenarios.js';
import { configured, newMember, rightOf } from './configuring.js';
import {
  inRoom,
  newOlderType,
  olderSubscription,
  publishedOlder,
  pullOf,
  subscribedOlder,
  withPath,
} from './older-rooms.js';
import { olderRoomScenarios } from './older-scenarios.js';
import { asClient, newSubscription, newType, place, published } from './rooms.js';
import { mediatorScenarios } from './scenarios.js';

const ofApplication: Sample = (c) => ({ path: place(c), headers: asClient(c, 'client') });
const document: Sample = (c) => ({
  path: place(c),
  headers: asClient(c, 'client'),
  query: { serviceCode: c.fixtures.text('serviceCode') },
});
const ofType = async (c: CheckContext, by: 'provider' | 'client'): Promise<CallParts> => ({
  path: { ...place(c), eventType: await newType(c) },
  headers: asClient(c, by),
});
const ofSubscription = async (c: CheckContext, more: JsonObject = {}): Promise<CallParts> => ({
  path: { ...place(c), eventType: await newSubscription(c, more) },
  headers: asClient(c, 'client'),
});

const directory = [
  'listClients',
  'listClientsPrefixed',
  'listMethods',
  'listMethodsUnprefixed',
  'allowedMethods',
  'allowedMethodsUnprefixed',
  'getOpenAPI',
  'getOpenAPIUnprefixed',
];
const configuration = [
  'listIMconf',
  'checkIMconf',
  'getAllowed',
  'createIMconf',
  'replaceIMconf',
  'updateIMconf',
  'setAllowed',
  'setDenied',
];
const olderPubsub = [
  'listSubOlder',
  'addSubOlder',
  'getSubOlder',
  'patchSubOlder',
  'deleteSubOlder',
  'getStatusOlder',
  'deleteEventOlder',
  'pullEventOlder',
  'pullEventByIdOlder',
  'confirmEventOlder',
];
const ofOlderSubscription = async (c: CheckContext): Promise<CallParts> =>
  withPath(inRoom(c), { id: await subscribedOlder(c, await newOlderType(c)) });
const ofOlderEvent = async (c: CheckContext): Promise<CallParts> =>
  withPath(inRoom(c, 'provider'), { id: await publishedOlder(c, await newOlderType(c)) });
const olderPull = async (c: CheckContext): Promise<{ readonly next: CallParts; readonly one: CallParts }> => {
  const type = await newOlderType(c);
  await subscribedOlder(c, type);
  const eventId = await publishedOlder(c, type);
  return { next: pullOf(c, type), one: pullOf(c, type, eventId) };
};
const pubsub = [
  'getEventTypeList',
  'createEventType',
  'getEventType',
  'deleteEventType',
  'publishEvent',
  'getStatus',
  'deleteEvent',
  'listSub',
  'getSub',
  'addSub',
  'patchSub',
  'deleteSub',
  'pullEvent',
  'confirmEvent',
];

export const informationMediator: Suite = {
  block: 'information-mediator',
  specification: { name: 'GovStack bb-information-mediator', version: '1.0' },
  samples: {
    listClients: () => ({}),
    listClientsPrefixed: () => ({}),
    listMethods: ofApplication,
    listMethodsUnprefixed: ofApplication,
    allowedMethods: ofApplication,
    allowedMethodsUnprefixed: ofApplication,
    getOpenAPI: document,
    getOpenAPIUnprefixed: document,
    listIMconf: () => ({}),
    checkIMconf: () => ({}),
    getAllowed: () => ({ query: { pageSize: '10' } }),
    createIMconf: (c) => ({ body: configured(c, c.unique('check-service-')) }),
    // What there is, once more: a replacement would leave nothing else.
    replaceIMconf: async (c) => ({ body: (await c.call('listIMconf')).body ?? {} }),
    updateIMconf: (c) => ({ body: configured(c, c.unique('check-service-')) }),
    setAllowed: (c) => rightOf(c, newMember(c)),
    setDenied: (c) => rightOf(c, newMember(c)),
    listSubOlder: (c) => inRoom(c),
    addSubOlder: async (c) => ({ ...inRoom(c), body: olderSubscription(await newOlderType(c)) }),
    getSubOlder: ofOlderSubscription,
    patchSubOlder: async (c) => ({ ...(await ofOlderSubscription(c)), body: { options: { TTL: 60 } } }),
    deleteSubOlder: ofOlderSubscription,
    getStatusOlder: ofOlderEvent,
    deleteEventOlder: ofOlderEvent,
    pullEventOlder: async (c) => (await olderPull(c)).next,
    pullEventByIdOlder: async (c) => (await olderPull(c)).one,
    confirmEventOlder: async (c) => (await olderPull(c)).one,
    getEventTypeList: async (c) => {
      await newType(c);
      return { path: place(c), headers: asClient(c, 'provider') };
    },
    createEventType: (c) => ({
      path: place(c),
      headers: asClient(c, 'provider'),
      body: { eventType: c.unique('check.type-'), schema: { type: 'object' } },
    }),
    getEventType: (c) => ofType(c, 'provider'),
    deleteEventType: (c) => ofType(c, 'provider'),
    publishEvent: async (c) => {
      const parts = await ofType(c, 'provider');
      return { ...parts, body: { eventType: parts.path?.eventType ?? '', event: { district: 'hills' } } };
    },
    getStatus: async (c) => {
      const eventType = await newType(c);
      return {
        path: { ...place(c), eventType, eventId: await published(c, eventType) },
        headers: asClient(c, 'provider'),
      };
    },
    deleteEvent: async (c) => {
      const eventType = await newType(c);
      return {
        path: { ...place(c), eventType, eventId: await published(c, eventType) },
        headers: asClient(c, 'provider'),
      };
    },
    listSub: async (c) => {
      await newSubscription(c);
      return { path: place(c), headers: asClient(c, 'client') };
    },
    getSub: (c) => ofSubscription(c),
    addSub: async (c) => {
      const parts = await ofType(c, 'client');
      return { ...parts, body: { eventType: parts.path?.eventType ?? '', delivery: 'PULL' } };
    },
    patchSub: async (c) => {
      const parts = await ofSubscription(c);
      return { ...parts, body: { eventType: parts.path?.eventType ?? '', options: { TTL: 60 } } };
    },
    deleteSub: (c) => ofSubscription(c),
    pullEvent: async (c) => {
      const parts = await ofSubscription(c, { delivery: 'PULL' });
      await published(c, parts.path?.eventType ?? '');
      return parts;
    },
    confirmEvent: async (c) => {
      const parts = await ofSubscription(c, { delivery: 'PULL' });
      const eventId = await published(c, parts.path?.eventType ?? '');
      await c.call('pullEvent', parts);
      return { ...parts, path: { ...parts.path, eventId } };
    },
  },
  scenarios: [...mediatorScenarios(), ...configurationScenarios(), ...olderRoomScenarios()],
  profiles: {
    directory: { title: 'The directory', operations: directory },
    configuration: { title: 'The configuration', operations: [...configuration, 'allowedMethods'] },
    'pubsub-1': {
      title: 'Publishing and subscribing, as PubSub 1.0.0 has it',
      operations: [...olderPubsub, 'createEventType', 'publishEvent'],
    },
    pubsub: { title: 'Publishing and subscribing', operations: pubsub },
  },
};

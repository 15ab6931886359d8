import type { JsonObject } from '../../../../contracts/json.js';
import type { CallParts, CheckContext, Sample, Suite } from '../../suite.js';
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
const configuration = ['listIMconf', 'checkIMconf', 'getAllowed'];
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
  scenarios: mediatorScenarios(),
  profiles: {
    directory: { title: 'The directory', operations: directory },
    configuration: { title: 'The configuration', operations: configuration },
    pubsub: { title: 'Publishing and subscribing', operations: pubsub },
  },
};

import type { Block, BlockDeps } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import { createInformationMediatorBlock } from '../../../mocks/information-mediator/block.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
import { expectBody, stateSuite, type Call } from '../state.suite.js';
import { population, POPULATION, registryDocument, USCT } from './mediator-fixture.js';

const ROOM = `/r1/${POPULATION}`;
const asOwner = { 'x-govstack-client': POPULATION };
const asReader = { 'x-govstack-client': USCT };
const type = { eventType: 'person.moved', schema: { type: 'object' } };

function open(deps: BlockDeps): Block {
  return createInformationMediatorBlock(deps, {
    directory: createDirectory([{ id: 'usct', client: USCT, services: { population } }]),
    openapiOf: () => registryDocument,
    baseUrlOf: () => 'http://localhost:4000',
  });
}

async function makeType(call: Call): Promise<void> {
  const made = await call('POST', `${ROOM}/api/v1/eventType`, { headers: asOwner, body: type });
  expectBody(made, 200, 409);
}

interface Configuration {
  readonly members: readonly { readonly code: string; readonly applications: readonly JsonObject[] }[];
}

stateSuite('information-mediator', {
  create: open,
  things: [
    {
      name: 'an event type',
      create: async (call) => {
        await makeType(call);
        return type.eventType;
      },
      read: async (call, id) =>
        expectBody<JsonObject | undefined>(
          await call('GET', `${ROOM}/api/v1/eventType/${id}`, { headers: asOwner }),
          200,
          204,
        ),
      created: type,
      list: async (call, id) =>
        expectBody<readonly string[] | undefined>(
          await call('GET', `${ROOM}/api/v1/eventType`, { headers: asOwner }),
          200,
          204,
        )?.includes(id) ?? false,
      delete: async (call, id) =>
        expectBody(await call('DELETE', `${ROOM}/api/v1/eventType/${id}`, { headers: asOwner }), 204),
    },
    {
      name: 'an event',
      create: async (call) => {
        await makeType(call);
        const body = { eventType: type.eventType, event: { district: 'North' } };
        const path = `${ROOM}/pub/v1/${type.eventType}`;
        return expectBody<{ id: string }>(await call('POST', path, { headers: asOwner, body }), 201).id;
      },
      read: async (call, id) => {
        const answer = await call('GET', `${ROOM}/pub/v1/${type.eventType}/${id}`, { headers: asOwner });
        return answer.status === 404 ? undefined : expectBody<JsonObject>(answer);
      },
      created: { event: { district: 'North' }, sequence: 1 },
      delete: async (call, id) =>
        expectBody(await call('DELETE', `${ROOM}/pub/v1/${type.eventType}/${id}`, { headers: asOwner }), 204),
    },
    {
      name: 'a subscription',
      create: async (call) => {
        await makeType(call);
        const body = { eventType: type.eventType, delivery: 'PULL' };
        const path = `${ROOM}/api/v1/subs/${type.eventType}`;
        expectBody(await call('POST', path, { headers: asReader, body }));
        return type.eventType;
      },
      read: async (call, id) => {
        const answer = await call('GET', `${ROOM}/api/v1/subs/${id}`, { headers: asReader });
        return answer.status === 404 ? undefined : expectBody<JsonObject>(answer);
      },
      created: { delivery: 'PULL', options: { TTL: 3600 } },
      list: async (call, id) => {
        const answer = await call('GET', `${ROOM}/api/v1/subs`, { headers: asReader });
        return (
          answer.status === 200 &&
          expectBody<readonly JsonObject[]>(answer).some(({ eventType }) => eventType === id)
        );
      },
      update: {
        run: async (call, id) => {
          const body = { eventType: id, options: { TTL: 60 } };
          expectBody(await call('PATCH', `${ROOM}/api/v1/subs/${id}`, { headers: asReader, body }), 201);
        },
        expected: { delivery: 'PULL', options: { TTL: 60 } },
      },
      delete: async (call, id) =>
        expectBody(await call('DELETE', `${ROOM}/api/v1/subs/${id}`, { headers: asReader }), 204),
    },
    {
      name: 'a subscription in the older dialect',
      create: async (call) => {
        await makeType(call);
        const body = {
          srcServiceCode: 'person',
          srcOperationId: 'moved',
          dstServiceCode: 'clinic',
          dstOperationId: 'newAddress',
          delivery: 'PULL',
        };
        const made = await call('POST', `/r1/${POPULATION}/subs`, { headers: asReader, body });
        return expectBody<{ id: string }>(made, 201).id;
      },
      read: async (call, id) => {
        const answer = await call('GET', `/r1/${POPULATION}/subs/${id}`, { headers: asReader });
        return answer.status === 404 ? undefined : expectBody<JsonObject>(answer);
      },
      created: { srcServiceCode: 'person', srcOperationId: 'moved', dstServiceCode: 'clinic' },
      list: async (call, id) =>
        expectBody<readonly JsonObject[]>(
          await call('GET', `/r1/${POPULATION}/subs`, { headers: asReader }),
        ).some((entry) => entry.id === id),
      update: {
        run: async (call, id) => {
          const body = { options: { FIFO: true } };
          expectBody(await call('PATCH', `/r1/${POPULATION}/subs/${id}`, { headers: asReader, body }), 201);
        },
        expected: { options: { FIFO: true }, dstServiceCode: 'clinic' },
      },
      delete: async (call, id) =>
        expectBody(await call('DELETE', `/r1/${POPULATION}/subs/${id}`, { headers: asReader }), 201),
    },
    {
      name: 'a member of the configuration',
      create: async (call) => {
        expectBody(
          await call('PATCH', '/api/v1/config', { body: configuration('http://tax.example/') }),
          201,
        );
        return 'TAX';
      },
      read: async (call, id) =>
        expectBody<Configuration>(await call('GET', '/api/v1/config')).members.find(
          ({ code }) => code === id,
        ),
      created: {
        applications: [
          {
            id: 'FILES',
            services: [{ id: 'returns', serviceUrl: 'http://tax.example/', rights: [{ member: 'MSW' }] }],
          },
        ],
      },
      list: async (call, id) =>
        expectBody<{ member: readonly { name: string }[] }>(await call('GET', '/listClients')).member.some(
          ({ name }) => name === id,
        ),
      update: {
        run: async (call) =>
          expectBody(
            await call('PATCH', '/api/v1/config', { body: configuration('http://new.example/') }),
            201,
          ),
        expected: { applications: [{ services: [{ serviceUrl: 'http://new.example/' }] }] },
      },
      delete: async (call) =>
        expectBody(
          await call('PUT', '/api/v1/config', { body: { domain: 'localhost', instance: 'SANDBOX' } }),
          201,
        ),
    },
  ],
});

function configuration(serviceUrl: string): JsonObject {
  return {
    domain: 'localhost',
    instance: 'SANDBOX',
    members: [
      {
        name: 'Tax authority',
        class: 'GOV',
        code: 'TAX',
        applications: [
          {
            id: 'FILES',
            services: [
              {
                id: 'returns',
                specUrl: 'http://tax.example/openapi.json',
                serviceUrl,
                rights: [{ member: 'MSW', application: 'USCT' }],
              },
            ],
          },
        ],
      },
    ],
  };
}

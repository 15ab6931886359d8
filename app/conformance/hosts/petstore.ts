import { textOf, type Json, type JsonObject } from '../../../contracts/json.js';
import type { HostHandler } from './test-host.js';

const pets: readonly JsonObject[] = [
  { id: 1, name: 'Kofi', status: 'available', tags: [{ id: 1, name: 'goat' }] },
  { id: 2, name: 'Ama', status: 'available', tags: [{ id: 2, name: 'hen' }] },
  { id: 3, name: 'Yaw', status: 'sold', tags: [] },
];

/** petstore.swagger.io/v2 as far as the kit calls it, its document included: that one is Swagger 2.0. */
export const petstore: HostHandler = ({ method, path, query }) => {
  if (method !== 'GET') return { status: 405, body: { message: 'only reading is possible here' } };
  if (path === '/v2/swagger.json') return { status: 200, body: swagger };
  if (path === '/v2/pet/findByStatus') {
    const wanted = query.getAll('status').flatMap((value) => value.split(','));
    return { status: 200, body: pets.filter(({ status }) => wanted.includes(textOf(status))) };
  }
  const [, id] = /^\/v2\/pet\/(\d+)$/.exec(path) ?? [];
  const pet = pets.find((each) => textOf(each['id']) === id);
  return pet === undefined
    ? { status: 404, body: { code: 404, message: 'there is no such pet' } }
    : { status: 200, body: pet };
};

const petSchema: Json = {
  type: 'object',
  properties: { id: { type: 'integer' }, name: { type: 'string' }, status: { type: 'string' } },
};

const swagger: JsonObject = {
  swagger: '2.0',
  info: { title: 'Pets', version: '1.0.0' },
  host: 'petstore.swagger.io',
  basePath: '/v2',
  schemes: ['https', 'http'],
  paths: {
    '/pet/findByStatus': {
      get: {
        operationId: 'findPetsByStatus',
        produces: ['application/json'],
        parameters: [
          {
            name: 'status',
            in: 'query',
            required: true,
            type: 'array',
            items: { type: 'string' },
            collectionFormat: 'multi',
          },
        ],
        responses: { '200': { description: 'The pets', schema: { type: 'array', items: petSchema } } },
      },
    },
    '/pet/{petId}': {
      get: {
        operationId: 'getPetById',
        produces: ['application/json'],
        parameters: [{ name: 'petId', in: 'path', required: true, type: 'integer', format: 'int64' }],
        responses: { '200': { description: 'The pet', schema: petSchema }, '404': { description: 'None' } },
      },
    },
  },
};

import type { JsonObject } from '../../../contracts/json.js';

/**
 * One small register, described in Swagger 2.0, OpenAPI 3.0 and OpenAPI 3.1. Its operations answer with what arrived,
 * so that a scenario sees where each parameter went.
 */
const echoed = { '200': { description: 'What arrived' } };

const openApi = (version: string, idType: JsonObject): JsonObject => ({
  openapi: version,
  info: { title: 'Register', version: '1.0.0' },
  servers: [{ url: 'https://services.example/register' }],
  paths: {
    '/entries/{id}': {
      get: {
        operationId: 'readEntry',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: idType },
          { name: 'fields', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
          { name: 'X-Reason', in: 'header', schema: { type: 'string' } },
        ],
        responses: echoed,
      },
    },
    '/entries': {
      post: {
        operationId: 'writeEntry',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { type: 'object' } } },
        },
        responses: echoed,
      },
    },
    '/moved': {
      get: { operationId: 'movedEntry', responses: { '302': { description: 'It is elsewhere' } } },
    },
  },
});

const swagger: JsonObject = {
  swagger: '2.0',
  info: { title: 'Register', version: '1.0.0' },
  host: 'services.example',
  basePath: '/register',
  schemes: ['https'],
  consumes: ['application/json'],
  produces: ['application/json'],
  paths: {
    '/entries/{id}': {
      get: {
        operationId: 'readEntry',
        parameters: [
          { name: 'id', in: 'path', required: true, type: 'integer' },
          {
            name: 'fields',
            in: 'query',
            type: 'array',
            items: { type: 'string' },
            collectionFormat: 'multi',
          },
          { name: 'X-Reason', in: 'header', type: 'string' },
        ],
        responses: echoed,
      },
    },
    '/entries': {
      post: {
        operationId: 'writeEntry',
        parameters: [{ name: 'entry', in: 'body', required: true, schema: { type: 'object' } }],
        responses: echoed,
      },
    },
  },
};

/** By the path that they are served at. */
export const registerDocuments: Readonly<Record<string, JsonObject>> = {
  '/openapi/2.0.json': swagger,
  '/openapi/3.0.json': openApi('3.0.3', { type: 'integer' }),
  '/openapi/3.1.json': openApi('3.1.0', { type: ['integer', 'string'] }),
};

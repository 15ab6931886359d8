import type { JsonObject } from '../../../../contracts/json.js';
import { json, serve, type LocalServer } from './local-server.js';
import { effect } from './outbound-bench.js';

export interface Documented extends LocalServer {
  /** The requests that were not for the document. */
  asked(): LocalServer['received'];
}

/** A system with its document at /docs/openapi, as text when it is text. */
export async function documented(
  document: object | string,
  headers: Record<string, string> = {},
): Promise<Documented> {
  const server = await serve(({ path }, response) => {
    if (!path.startsWith('/docs/')) {
      json(response, 200, { ok: true });
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain', ...headers });
    response.end(typeof document === 'string' ? document : JSON.stringify(document));
  });
  return { ...server, asked: () => server.received.filter(({ path }) => !path.startsWith('/docs/')) };
}

export function call(
  server: LocalServer,
  operationId: string,
  parameters: JsonObject = {},
  more: object = {},
): ReturnType<typeof effect> {
  const document = { endpoint: { uri: `${server.origin}/docs/openapi` } };
  return effect('openapi', { document, operationId, parameters, ...more });
}

/** Somebody's document of the older version. */
export const swagger = {
  swagger: '2.0',
  basePath: '/v2',
  schemes: ['http'],
  consumes: ['application/json'],
  parameters: { trace: { name: 'X-Trace', in: 'header', type: 'string' } },
  paths: {
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, type: 'integer' }],
      get: { operationId: 'getPet', parameters: [{ $ref: '#/parameters/trace' }] },
      post: {
        operationId: 'updatePetForm',
        consumes: ['application/x-www-form-urlencoded'],
        parameters: [
          { name: 'name', in: 'formData', type: 'string', required: true },
          { name: 'tags', in: 'formData', type: 'array' },
        ],
      },
    },
    '/pets': {
      get: {
        operationId: 'findPets',
        parameters: [
          { name: 'multi', in: 'query', type: 'array', collectionFormat: 'multi' },
          { name: 'csv', in: 'query', type: 'array' },
          { name: 'ssv', in: 'query', type: 'array', collectionFormat: 'ssv' },
          { name: 'tsv', in: 'query', type: 'array', collectionFormat: 'tsv' },
          { name: 'pipes', in: 'query', type: 'array', collectionFormat: 'pipes' },
          { name: 'limit', in: 'query', type: 'integer', default: 10 },
        ],
      },
      post: { operationId: 'addPet', parameters: [{ name: 'pet', in: 'body', required: true, schema: {} }] },
    },
    '/files': {
      post: {
        operationId: 'upload',
        consumes: ['multipart/form-data'],
        parameters: [{ name: 'file', in: 'formData', type: 'file' }],
      },
    },
  },
};

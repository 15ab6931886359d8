import { afterEach, describe, expect, it } from '@jest/globals';
import { closeServers, json, serve } from '../blocks/outbound/local-server.js';
import { bench, closeBenches } from '../blocks/outbound/outbound-bench.js';
import { workflow } from '../engine/workflow-text.js';
import { createWorld, workspace, type World } from './world.js';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((each) => each.close()));
  await closeBenches();
  await closeServers();
});

const runOf = async (of: World, id: string) => (await of.runtime.store.runs.get(`${workspace}/${id}`))!.doc;

describe('a run that calls other systems', () => {
  it('uses what they answer, by their OpenAPI documents, and catches what fails', async () => {
    const server = await serve(({ path, body }, response) => {
      if (path === '/openapi.json') {
        json(response, 200, {
          openapi: '3.1.0',
          paths: {
            '/found/{id}': {
              get: { operationId: 'find', parameters: [{ name: 'id', in: 'path', required: true }] },
            },
            '/copy': {
              post: { operationId: 'copy', requestBody: { content: { 'application/json': {} } } },
            },
          },
        });
        return;
      }
      if (path === '/found/7') {
        json(response, 200, { name: 'Amina' });
        return;
      }
      if (path === '/copy') {
        json(response, 201, JSON.parse(body.toString()));
        return;
      }
      json(response, 404, { detail: 'There is none.' });
    });
    const call = (operationId: string, parameters: string, at = server.origin): string =>
      `{ call: openapi, with: { document: { endpoint: '${at}/openapi.json' }, operationId: ${operationId}, parameters: ${parameters} } }`;
    const here = await createWorld({
      outbound: bench().call,
      documents: [
        workflow(`
  - find: ${call('find', '{ id: 7 }')}
  - copy: ${call('copy', "{ body: '${ . }' }")}
  - miss:
      try:
        - ask: ${call('find', "{ id: '${ .name }' }")}
      catch:
        errors: { with: { status: 404 } }
        as: problem
        do:
          - keep: { set: { title: '\${ $problem.title }', detail: '\${ $problem.detail }' } }
  - refused: ${call('find', '{ id: 7 }', 'http://elsewhere.example')}`),
      ],
    });
    worlds.push(here);
    const { runId } = await here.open();
    await here.settle();
    expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /openapi.json',
      'GET /found/7',
      'POST /copy',
      'GET /found/Amina',
    ]);
    expect(await runOf(here, runId)).toMatchObject({
      status: 'faulted',
      error: {
        type: expect.stringMatching(/\/authorization$/),
        status: 403,
        instance: '/do/3/refused',
        detail: expect.stringContaining('SANDBOX_OUTBOUND_HOSTS'),
      },
    });
  });
});

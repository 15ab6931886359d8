import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Block, BlockResponse, Method } from '../../../contracts/block.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { createInformationMediatorBlock } from '../../../mocks/information-mediator/block.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
import type { AnnouncedEvent } from '../../../mocks/information-mediator/ports.js';
import { testDeps, WORKSPACE, type TestDeps } from '../kit/test-deps.js';
import { OTHER, population, POPULATION, USCT } from './mediator-fixture.js';

const ROOM = POPULATION;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['district'],
  properties: { district: { type: 'string' }, at: { type: 'string', format: 'date-time' } },
};

let test: TestDeps;
let block: Block;
let announced: AnnouncedEvent[];

function openBlock(): Block {
  const directory = createDirectory([
    {
      id: 'usct',
      client: USCT,
      services: {
        population: {
          ...population,
          access: [...population.access, { client: OTHER, basis: { kind: 'not-personal' } }],
        },
      },
    },
  ]);
  return createInformationMediatorBlock(test.deps, {
    directory,
    directoryOf: () => Promise.resolve(directory),
    openapiOf: () => undefined,
    baseUrlOf: () => 'http://localhost:4000',
    announce: (_workspace, event) => {
      announced.push(event);
      return Promise.resolve();
    },
  });
}

beforeEach(() => {
  test = testDeps();
  announced = [];
  block = openBlock();
});

function send(
  method: Method,
  path: string,
  body?: Json,
  client: string | undefined = ROOM,
  headers: Record<string, string> = {},
): Promise<BlockResponse> {
  return block.handle(WORKSPACE, {
    method,
    path: `/r1/${ROOM}${path}`,
    query: {},
    headers: { ...headers, ...(client === '' ? {} : { 'x-govstack-client': client }) },
    ...(body === undefined ? {} : { body }),
  });
}

const create = (eventType = 'moved', more: JsonObject = { schema }): Promise<BlockResponse> =>
  send('POST', '/api/v1/eventType', { eventType, ...more });
const subscribe = (more: JsonObject = {}, client = USCT): Promise<BlockResponse> =>
  send('POST', '/api/v1/subs/moved', { eventType: 'moved', ...more }, client);
const publish = (
  event: JsonObject = { district: 'hills' },
  headers?: Record<string, string>,
): Promise<BlockResponse> => send('POST', '/pub/v1/moved', { eventType: 'moved', event }, OTHER, headers);
const idOf = ({ body }: BlockResponse): string => (body as { id: string }).id;

async function runJobs(): Promise<void> {
  while (test.jobs.length > 0) await block.runJob(WORKSPACE, test.takeJob().job);
}

describe('event types of a room', () => {
  it('are made, listed, read and deleted by the member that owns the room', async () => {
    expect((await send('GET', '/api/v1/eventType')).status).toBe(204);
    expect(await create()).toMatchObject({ status: 200 });
    expect(await create()).toMatchObject({ status: 409 });
    expect(await create('born', { schema: {} })).toMatchObject({ status: 200 });
    expect(await send('GET', '/api/v1/eventType')).toMatchObject({ status: 200, body: ['born', 'moved'] });
    expect(await send('GET', '/api/v1/eventType/moved')).toMatchObject({
      status: 200,
      body: { eventType: 'moved', schema },
    });
    expect((await send('GET', '/api/v1/eventType/unknown')).status).toBe(204);
    expect((await send('DELETE', '/api/v1/eventType/moved')).status).toBe(204);
    expect((await send('DELETE', '/api/v1/eventType/moved')).status).toBe(404);
    expect((await publish()).status).toBe(404);
  });

  it.each([
    ['no schema', { eventType: 'x' }, ROOM],
    ['a schema that is none', { eventType: 'x', schema: { type: 'nothing' } }, ROOM],
    ['a schema that lies elsewhere', { eventType: 'x', schema: { $ref: 'http://example.org/s' } }, ROOM],
    ['another member', { eventType: 'x', schema }, USCT],
    ['somebody unknown', { eventType: 'x', schema }, 'SANDBOX/GOV/MOI/NOBODY'],
    ['nobody', { eventType: 'x', schema }, ''],
  ])('are refused with %s', async (_what, body, client) => {
    expect((await send('POST', '/api/v1/eventType', body as Json, client)).status).toBe(400);
    expect((await send('GET', '/api/v1/eventType')).status).toBe(204);
  });
});

describe('publishing', () => {
  beforeEach(async () => {
    await create();
  });

  it('answers with an id, under which the event can be read', async () => {
    const published = await publish();
    expect(published).toMatchObject({ status: 201, body: { id: expect.stringMatching(UUID) } });
    await publish({ district: 'coast' });
    const [instanceId, memberClass, memberCode, applicationCode] = OTHER.split('/');
    expect((await send('GET', `/pub/v1/moved/${idOf(published)}`)).body).toEqual({
      id: idOf(published),
      sequence: 1,
      publisherId: { instanceId, memberClass, memberCode, applicationCode },
      eventType: 'moved',
      event: { district: 'hills' },
    });
    expect((await send('GET', '/pub/v1/moved/0')).status).toBe(404);
  });

  it.each([
    ['an event that does not fit', { eventType: 'moved', event: { district: 7 } }],
    ['a format that does not fit', { eventType: 'moved', event: { district: 'x', at: 'noon' } }],
    ['another type in the body', { eventType: 'born', event: { district: 'hills' } }],
    ['no event', { eventType: 'moved' }],
  ])('refuses %s', async (_what, body) => {
    expect((await send('POST', '/pub/v1/moved', body as Json, OTHER)).status).toBe(400);
  });

  it('takes the id of the event, and the same id once', async () => {
    const id = '0b9a1c56-6c2e-4f0a-9d5a-3f6f4b8a1c11';
    expect(idOf(await publish({ district: 'hills', id }))).toBe(id);
    expect(await publish({ district: 'hills', id: id.toUpperCase() })).toMatchObject({
      status: 201,
      body: { id },
    });
    expect(idOf(await publish({ district: 'hills' }, { 'idempotency-key': 'k' }))).toBe(
      idOf(await publish({ district: 'hills' }, { 'idempotency-key': 'k' })),
    );
    await runJobs();
    expect(announced).toHaveLength(2);
  });

  it('reaches the workflows as a CloudEvent, also when the process dies before', async () => {
    const id = idOf(await publish());
    block = openBlock();
    await runJobs();
    // At least once: what hears of it knows an event by its source and id.
    const time = test.clock.now().toISOString();
    expect(new Set(announced.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ id, source: OTHER, type: 'moved', time, data: { district: 'hills' } })]),
    );
  });

  it('can be taken back by the publisher, before anybody has it', async () => {
    const id = idOf(await publish());
    expect((await send('DELETE', `/pub/v1/moved/${id}`, undefined, USCT)).status).toBe(400);
    expect((await send('DELETE', `/pub/v1/moved/${id}`, undefined, OTHER)).status).toBe(204);
    expect((await send('DELETE', `/pub/v1/moved/${id}`, undefined, OTHER)).status).toBe(404);
    await runJobs();
    expect(announced).toEqual([]);
  });

  it('keeps the latest thousand of a type', async () => {
    const collection = (name: string) =>
      test.deps.documents.collection<{ _id: string; lastSequence: number }>(
        `mock-information-mediator-${name}`,
      );
    for (const district of ['first', 'second']) await publish({ district });
    // As if the others had been published, too.
    const [type] = await collection('event-types').find();
    await collection('event-types').put({ ...type!.doc, lastSequence: 1_000 });
    await publish({ district: 'last' });
    const kept = await collection('events').find();
    expect(kept.map(({ doc }) => doc)).toMatchObject([{ sequence: 2 }, { sequence: 1_001 }]);
  });
});

describe('subscriptions', () => {
  beforeEach(async () => {
    await create();
  });

  it('are one for each caller and type: made, read, listed, changed, ended', async () => {
    expect((await send('GET', '/api/v1/subs', undefined, USCT)).status).toBe(404);
    expect((await send('GET', '/api/v1/subs/moved', undefined, USCT)).status).toBe(404);
    expect((await subscribe()).status).toBe(200);
    expect((await subscribe()).status).toBe(409);
    expect((await subscribe({}, OTHER)).status).toBe(200);
    const { body } = await send('GET', '/api/v1/subs/moved', undefined, USCT);
    expect(body).toEqual({
      id: expect.stringMatching(UUID),
      subscriberId: { instanceId: 'SANDBOX', memberClass: 'GOV', memberCode: 'MSW', applicationCode: 'USCT' },
      eventType: 'moved',
      delivery: 'PUSH',
      options: { TTL: 3_600, FIFO: false },
    });
    expect((await send('GET', '/api/v1/subs', undefined, USCT)).body).toEqual([body]);
    const change = { eventType: 'moved', delivery: 'PULL', options: { TTL: 60 } };
    expect((await send('PATCH', '/api/v1/subs/moved', change, USCT)).status).toBe(201);
    expect((await send('GET', '/api/v1/subs/moved', undefined, USCT)).body).toMatchObject({
      delivery: 'PULL',
      options: { TTL: 60, FIFO: false },
    });
    expect((await send('DELETE', '/api/v1/subs/moved', undefined, USCT)).status).toBe(204);
    expect((await send('DELETE', '/api/v1/subs/moved', undefined, USCT)).status).toBe(404);
    expect((await send('PATCH', '/api/v1/subs/moved', change, USCT)).status).toBe(404);
  });

  it.each([
    ['an unknown type', '/api/v1/subs/born', { eventType: 'born' }],
    ['another type in the body', '/api/v1/subs/moved', { eventType: 'born' }],
    ['no type in the body', '/api/v1/subs/moved', {}],
    ['an unknown delivery', '/api/v1/subs/moved', { eventType: 'moved', delivery: 'SHOUT' }],
    [
      'an address that is none',
      '/api/v1/subs/moved',
      { eventType: 'moved', callbackUrl: 'file:///etc/passwd' },
    ],
    ['no time to live', '/api/v1/subs/moved', { eventType: 'moved', options: { TTL: 0 } }],
  ])('are refused with %s', async (_what, path, body) => {
    expect((await send('POST', path, body, USCT)).status).toBe(400);
  });

  it('push to the address of the subscriber, once for each event', async () => {
    await subscribe({ callbackUrl: 'https://subscriber.example.org/moved' });
    const id = idOf(await publish());
    expect(test.callbacks.map(({ callback }) => callback)).toEqual([
      expect.objectContaining({
        url: 'https://subscriber.example.org/moved',
        block: 'information-mediator',
        body: expect.objectContaining({ id, sequence: 1, event: { district: 'hills' } }),
      }),
    ]);
  });

  const pull = (): Promise<BlockResponse> => send('GET', '/pull/v1/moved', undefined, USCT);
  const confirm = (id: string): Promise<BlockResponse> =>
    send('DELETE', `/pull/v1/moved/${id}`, undefined, USCT);

  it('are pulled one by one from then on, each until it is acknowledged', async () => {
    await publish({ district: 'before' });
    expect((await pull()).status).toBe(409);
    await subscribe({ delivery: 'PULL' });
    expect((await pull()).status).toBe(404);
    const [first, second, third] = [idOf(await publish()), idOf(await publish()), idOf(await publish())];
    expect(idOf(await pull())).toBe(first);
    expect(idOf(await pull())).toBe(first);
    expect((await confirm(second)).status).toBe(204);
    expect((await confirm(second)).status).toBe(404);
    expect((await confirm(first)).status).toBe(204);
    expect(idOf(await pull())).toBe(third);
    expect((await confirm(third)).status).toBe(204);
    expect((await pull()).status).toBe(404);
    expect((await confirm('unknown')).status).toBe(404);
  });

  it('with FIFO are acknowledged in order only', async () => {
    await subscribe({ delivery: 'PULL', options: { FIFO: true } });
    const [first, second] = [idOf(await publish()), idOf(await publish())];
    expect((await confirm(second)).status).toBe(409);
    expect((await confirm(first)).status).toBe(204);
    expect((await confirm(second)).status).toBe(204);
  });

  it('do not keep events beyond their time to live, on the workspace clock', async () => {
    await subscribe({ delivery: 'PULL', options: { TTL: 60 } });
    await publish();
    test.clock.forward(59_000);
    expect((await pull()).status).toBe(200);
    test.clock.forward(1_000);
    expect((await pull()).status).toBe(404);
  });
});

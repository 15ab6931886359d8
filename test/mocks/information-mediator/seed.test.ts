import { describe, expect, it } from '@jest/globals';
import { createInformationMediatorBlock } from '../../../mocks/information-mediator/block.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
import { testDeps, WORKSPACE } from '../kit/test-deps.js';
import { POPULATION, population, USCT } from './mediator-fixture.js';
import type { Block, BlockResponse } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';

const births = {
  room: POPULATION,
  eventType: 'birth',
  schema: { type: 'object', required: ['number'], properties: { number: { type: 'string' } } },
};

function openBlock(): Block {
  return createInformationMediatorBlock(testDeps().deps, {
    directory: createDirectory([{ id: 'usct', client: USCT, services: { population } }]),
    openapiOf: () => undefined,
    baseUrlOf: () => 'http://localhost:4000',
  });
}

const publish = (block: Block, event: JsonObject): Promise<BlockResponse> =>
  block.handle(WORKSPACE, {
    method: 'POST',
    path: `/r1/${POPULATION}/pub/v1/birth`,
    query: {},
    headers: { 'x-govstack-client': USCT, 'content-type': 'application/json' },
    body: { eventType: 'birth', event },
  });

describe('the seeds of the information mediator', () => {
  it('give rooms their event types, so that members can publish from the start', async () => {
    const block = openBlock();
    await block.reset(WORKSPACE, { eventTypes: [births] });
    expect((await publish(block, { number: 'BR-1' })).status).toBe(201);
    expect((await publish(block, { number: 1 })).status).toBe(400);
    await block.reset(WORKSPACE, {});
    expect((await publish(block, { number: 'BR-1' })).status).toBe(404);
  });

  it.each([
    ['a room that is none', [{ ...births, room: 'civil' }], 'eventTypes[0]'],
    ['a type that stands twice', [births, births], 'eventTypes[1]: birth is there twice'],
  ])('refuse %s, and name the entry', async (_name, eventTypes, said) => {
    await expect(openBlock().reset(WORKSPACE, { eventTypes })).rejects.toMatchObject({
      code: 'GSB-DEF-003',
      detail: expect.stringContaining(said) as unknown,
    });
  });
});

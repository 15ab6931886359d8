import { describe, expect, it } from '@jest/globals';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { FaultRequest } from '../../../contracts/faults.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createBreakableRelay } from '../../../mocks/information-mediator/broken-relay.js';
import { createFaults } from '../../../mocks/kit/faults.js';
import { createManualClock } from '../kit/test-deps.js';
import { createFixture, POPULATION, USCT } from './mediator-fixture.js';

async function broken(fault: FaultRequest) {
  const fixture = createFixture();
  fixture.consents.set('ID-1', { consentRecord: 'r', fields: ['firstName', 'lastName'] });
  const faults = createFaults({
    documents: createMemoryDocuments(),
    realClock: createManualClock('2025-01-01'),
    random: () => 0.5,
  });
  const waited: number[] = [];
  const relay = createBreakableRelay(fixture.mediator, {
    faults,
    uuid: () => 'uuid',
    wait: async (milliseconds) => {
      waited.push(milliseconds);
    },
  });
  await faults.add(DEFAULT_WORKSPACE, { ...fault, id: 'f', block: 'information-mediator', times: 1 });
  const call = () =>
    relay.call(DEFAULT_WORKSPACE, {
      client: USCT,
      service: `${POPULATION}/population`,
      request: {
        method: 'POST',
        path: '/population/1.0/read',
        query: {},
        headers: { 'x-sandbox-fields': 'firstName, lastName' },
        body: { query: { content: { individualId: 'ID-1' } } },
      },
    });
  return { fixture, call, waited };
}

describe('a broken mediator', () => {
  it.each<[FaultRequest, number]>([
    [{ kind: 'outage' }, 0],
    [{ kind: 'timeout-after-effect' }, 1],
    [{ kind: 'dropped-connection', operationId: 'relay' }, 1],
  ])('loses a call: %j, and relays the next one', async (fault, delivered) => {
    const { fixture, call } = await broken(fault);
    await expect(call()).rejects.toMatchObject({ beforeEffect: delivered === 0 });
    expect(fixture.delivered).toHaveLength(delivered);
    expect((await call()).status).toBe(200);
  });

  it('refuses in the shape of X-Road errors, without relaying', async () => {
    const { fixture, call } = await broken({ kind: 'error', status: 502 });
    const answer = await call();
    expect(answer).toMatchObject({ status: 502, body: { type: 'Server.ServerProxy.ServiceFailed' } });
    expect(answer.headers['x-road-error']).toBe('Server.ServerProxy.ServiceFailed');
    expect(fixture.delivered).toHaveLength(0);
  });

  it('is slow, and spoils what it relays', async () => {
    const slow = await broken({ kind: 'slow-body', milliseconds: 70 });
    expect((await slow.call()).status).toBe(200);
    expect(slow.waited).toEqual([70]);
    const spoilt = await broken({ kind: 'malformed-answer', how: 'cut-json' });
    expect(await spoilt.call()).toMatchObject({ status: 200, unparsed: true });
  });

  it('is not meant by faults that name an operation of its block', async () => {
    const { call } = await broken({ kind: 'outage', operationId: 'listClients' });
    expect((await call()).status).toBe(200);
  });
});

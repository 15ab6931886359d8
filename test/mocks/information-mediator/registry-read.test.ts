import { beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../contracts/json.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
import { createOperationLookup } from '../../../mocks/information-mediator/operation-lookup.js';
import { createMediator } from '../../../mocks/information-mediator/relay.js';
import { createEgress } from '../../../orchestrator/blocks/outbound/egress/egress.js';
import { createBindings, type Bindings } from '../../../orchestrator/blocks/bindings.js';
import { createBlockCaller, type BlockCaller } from '../../../orchestrator/blocks/block-caller.js';
import { startRegistries } from '../digital-registries/registries-setup.js';
import { WORKSPACE } from '../kit/test-deps.js';

/** From a workflow's call to the registry mock and back: every part of the way is the real one but the consents. */
const useCase = {
  id: 'usct',
  client: 'SANDBOX/GOV/MSW/USCT',
  services: {
    'population-registry': {
      title: 'Population registry',
      provider: 'SANDBOX/GOV/MOI/POPULATION',
      code: 'population',
      block: 'digital-registries' as const,
      fixed: { registryName: 'population', versionNumber: '1.0' },
      access: [
        {
          client: 'SANDBOX/GOV/MSW/USCT',
          operations: ['read'],
          basis: {
            kind: 'consent' as const,
            agreement: 'verification',
            subjectAt: '/body/query/content/individualId',
          },
        },
      ],
    },
  },
};
let caller: BlockCaller;
let bindings: Bindings;
let consented: Set<string>;

beforeEach(async () => {
  consented = new Set(['IND-0001']);
  const registries = await startRegistries();
  const { documents, realClock, clocks, ids, logger } = registries.deps;
  const openapiOf = (): JsonObject => registries.block.openapi;
  bindings = createBindings({
    documents,
    blockOf: () => registries.block,
    realClock,
    openapiOf,
    secrets: { resolve: () => Promise.resolve({}) },
    egress: createEgress([]),
    violations: () => [],
  });
  const services = createMediator({
    directoryOf: () => Promise.resolve(createDirectory([useCase])),
    subjectKey: () => 'somebody',
    operationOf: createOperationLookup(openapiOf),
    consents: {
      live: async (_workspace, { subject }) =>
        consented.has(subject)
          ? { consentRecord: 'record-1', fields: ['firstName', 'birthDate'] }
          : undefined,
    },
    deliver: (workspace, service, request) => bindings.deliver(workspace, service, request),
    log: createMemoryJournal(),
    realClock,
    clocks,
    ids,
    uuid: () => ids.next('uuid'),
    logger,
  });
  caller = createBlockCaller({ services, useCase: () => useCase, openapiOf });
});

const read = (individualId: string, fields: string): ReturnType<BlockCaller['call']> =>
  caller.call(WORKSPACE, 'usct', {
    alias: 'population-registry',
    operationId: 'read',
    parameters: { 'X-Sandbox-Fields': fields, body: { query: { content: { individualId } } } },
  });

describe('a registry read by a workflow', () => {
  it('gives the consented fields and nothing else', async () => {
    expect(await read('IND-0001', 'firstName,birthDate')).toMatchObject({
      kind: 'answered',
      status: 200,
      body: { content: { firstName: 'Amina', birthDate: '1984-02-29' } },
      request: { method: 'POST', uri: 'govstack://population-registry/data/population/1.0/read' },
    });
    const answer = await read('IND-0001', 'firstName');
    expect(JSON.stringify(answer)).not.toContain('Salehi');
    await bindings.close();
  });

  it('is refused without a live consent of that person, or beyond its fields', async () => {
    expect(await read('IND-0002', 'firstName')).toMatchObject({ status: 403 });
    expect(await read('IND-0001', 'firstName,lastName')).toMatchObject({ status: 403 });
    consented.clear();
    expect(await read('IND-0001', 'firstName')).toMatchObject({ status: 403 });
    await bindings.close();
  });
});

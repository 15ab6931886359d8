import type { BlockRequest, BlockResponse, ServiceCall } from '../../../contracts/block.js';
import type { Exchange } from '../../../contracts/exchange.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { Journal } from '../../../contracts/journal.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { silentLogger } from '../../../contracts/logger.js';
import type { ServiceDefinition } from '../../../contracts/use-case.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
import { createOperationLookup } from '../../../mocks/information-mediator/operation-lookup.js';
import type { ConsentQuestion, Delivery, LiveConsent } from '../../../mocks/information-mediator/ports.js';
import { createMediator, type Mediator } from '../../../mocks/information-mediator/relay.js';

export const USCT = 'SANDBOX/GOV/MSW/USCT';
export const OTHER = 'SANDBOX/GOV/MOH/CLINIC';
export const POPULATION = 'SANDBOX/GOV/MOI/POPULATION';

/** A small registry document: enough to tell operations, registries and persons apart. */
export const registryDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Registries', version: '1' },
  paths: {
    '/data/{registryName}/{versionNumber}/read': {
      parameters: [
        { name: 'registryName', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'versionNumber', in: 'path', required: true, schema: { type: 'string' } },
      ],
      post: { operationId: 'read', requestBody: { content: { 'application/json': {} } }, responses: {} },
    },
    '/data/{registryName}/{versionNumber}/{uuid}/readValue/{field}.{ext}': {
      get: { operationId: 'readValue', responses: {} },
    },
    '/data/{registryName}/{versionNumber}/{id}/delete': { delete: { operationId: 'delete', responses: {} } },
    '/databases': { get: { operationId: 'databases', responses: {} } },
  },
};

export const population: ServiceDefinition = {
  title: 'Population registry',
  provider: POPULATION,
  code: 'population',
  block: 'digital-registries',
  basePath: '/data',
  fixed: { registryName: 'population' },
  access: [
    {
      client: USCT,
      operations: ['read'],
      basis: { kind: 'consent', agreement: 'verification', subjectAt: '/body/query/content/individualId' },
    },
    {
      client: USCT,
      operations: ['readValue'],
      basis: { kind: 'consent', agreement: 'verification', subjectAt: '/path/uuid' },
    },
    { client: USCT, operations: ['delete'], basis: { kind: 'public-task', reference: 'Act, section 9' } },
  ],
};

export interface Fixture {
  readonly mediator: Mediator;
  readonly journal: Journal;
  readonly delivered: BlockRequest[];
  readonly questions: ConsentQuestion[];
  readonly consents: Map<string, LiveConsent>;
  answer: (request: BlockRequest) => Delivery;
  exchanges(): Promise<{ event: Exchange & JsonObject; payload: Json | undefined }[]>;
  call(request: Partial<BlockRequest>, over?: Partial<ServiceCall>): Promise<BlockResponse>;
  now: Date;
}

function answered(body: Json, status = 200): Delivery {
  const headers = { 'content-type': 'application/json', 'x-road-error': 'forged', connection: 'close' };
  return { kind: 'answered', deliveredTo: 'mock', response: { status, headers, body } };
}

export function createFixture(services: Record<string, ServiceDefinition> = { population }): Fixture {
  const journal = createMemoryJournal();
  let uuids = 0;
  const directory = createDirectory([{ id: 'usct', client: USCT, services }]);
  const fixture: Fixture = {
    journal,
    delivered: [],
    questions: [],
    consents: new Map(),
    answer: () => answered({ content: { firstName: 'Amina' } }),
    now: new Date('2030-01-01T00:00:00Z'),
    mediator: createMediator({
      directoryOf: () => Promise.resolve(directory),
      subjectKey: (workspace, identifier) => Buffer.from(`${workspace} ${identifier}`).toString('hex'),
      operationOf: createOperationLookup((block) =>
        block === 'digital-registries' ? registryDocument : undefined,
      ),
      consents: {
        live: async (_workspace, question) => {
          fixture.questions.push(question);
          return fixture.consents.get(question.subject);
        },
      },
      deliver: async (_workspace, _service, request) => {
        fixture.delivered.push(request);
        return fixture.answer(request);
      },
      log: journal,
      realClock: { now: () => new Date('2026-05-01T00:00:00Z') },
      clocks: { of: () => ({ now: () => fixture.now }) },
      ids: { next: (prefix) => `${prefix}-${(uuids += 1)}` },
      uuid: () => `uuid-${(uuids += 1)}`,
      logger: silentLogger,
    }),
    async exchanges() {
      const records = await journal.read(`${DEFAULT_WORKSPACE}/exchanges`);
      return records.map(({ event, payload }) => ({ event: event as Exchange & JsonObject, payload }));
    },
    call: (request, over = {}) =>
      fixture.mediator.call(DEFAULT_WORKSPACE, {
        client: USCT,
        service: `${POPULATION}/population`,
        request: {
          method: 'POST',
          path: '/population/1.0/read',
          query: {},
          headers: { 'x-sandbox-fields': 'firstName, lastName' },
          body: { query: { content: { individualId: 'ID-1' } } },
          ...request,
        },
        ...over,
      }),
  };
  return fixture;
}

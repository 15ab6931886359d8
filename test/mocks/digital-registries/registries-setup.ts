import type { Block, BlockResponse, BlockSeeds, Method } from '../../../contracts/block.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { createDigitalRegistriesBlock } from '../../../mocks/digital-registries/block.js';
import { testDeps, WORKSPACE, type TestDeps } from '../kit/test-deps.js';

export const CLIENT = 'GOVSTACK/GOV/social-ministry/cash-transfer';

export const population: JsonObject = {
  name: 'population',
  version: '1.0',
  title: 'Population register',
  institution: 'Civil registration authority',
  idField: 'individualId',
  personField: 'individualId',
  uniqueFields: ['nationalNumber'],
  indexes: ['region', 'householdSize'],
  schema: {
    type: 'object',
    required: ['individualId', 'firstName'],
    additionalProperties: false,
    properties: {
      individualId: { type: 'string', minLength: 3 },
      nationalNumber: { type: 'string' },
      firstName: { type: 'string' },
      lastName: { type: 'string' },
      birthDate: { type: 'string', format: 'date' },
      region: { type: 'string', enum: ['North', 'South'] },
      householdSize: { type: 'integer' },
      alive: { type: 'boolean' },
      address: { type: 'object' },
    },
  },
};

/** About no persons, and the registry gives the identifiers. */
export const packages: JsonObject = {
  name: 'packages',
  version: '1.0',
  title: 'Benefit packages',
  institution: 'Ministry of social welfare',
  schema: {
    type: 'object',
    required: ['id', 'title'],
    properties: { id: { type: 'string' }, title: { type: 'string' } },
  },
};

export const people: readonly JsonObject[] = [
  {
    individualId: 'IND-0001',
    nationalNumber: 'N1',
    firstName: 'Amina',
    lastName: 'Salehi',
    birthDate: '1984-02-29',
    region: 'North',
    householdSize: 5,
    alive: true,
    address: { town: 'Old Harbour', street: 'Mill Lane 3' },
  },
  {
    individualId: 'IND-0002',
    nationalNumber: 'N2',
    firstName: 'Tomas',
    lastName: 'Brandt',
    region: 'South',
    householdSize: 2,
    alive: true,
  },
  {
    individualId: 'IND-0003',
    nationalNumber: 'N3',
    firstName: 'Aminata',
    lastName: 'Diallo',
    region: 'North',
    householdSize: 5,
    alive: false,
  },
];

export function seedsOf(contents: readonly JsonObject[] = people): BlockSeeds {
  return {
    registries: [population, packages],
    records: contents.map((content) => ({ registry: 'population', version: '1.0', content })),
  };
}

export interface Registries extends TestDeps {
  readonly block: Block;
  readonly send: (method: Method, path: string, parts?: Parts) => Promise<BlockResponse>;
}

interface Parts {
  readonly body?: Json;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startRegistries(seeds: BlockSeeds = seedsOf()): Promise<Registries> {
  const kit = testDeps();
  const block = createDigitalRegistriesBlock(kit.deps);
  await block.reset(WORKSPACE, seeds);
  return {
    ...kit,
    block,
    send: (method, path, { body, query = {}, headers = {} } = {}) =>
      block.handle(WORKSPACE, {
        method,
        path,
        query,
        headers: { 'information-mediator-client': CLIENT, ...headers },
        ...(body === undefined ? {} : { body }),
      }),
  };
}

export const POPULATION = '/data/population/1.0';

export const query = (content: JsonObject): JsonObject => ({ query: { content } });
export const write = (content: JsonObject): JsonObject => ({ write: { content } });
export const change = (wanted: JsonObject, content: JsonObject): JsonObject => ({
  ...query(wanted),
  ...write(content),
});

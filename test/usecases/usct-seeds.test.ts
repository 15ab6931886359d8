import { describe, expect, it } from '@jest/globals';

import { generateHouseholds } from '../../cli/cohort/household-generator.js';
import { registryRecords } from '../../cli/cohort/registry-records.js';
import type { Block, BlockDeps, BlockSeeds } from '../../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../../contracts/ids.js';
import { isJsonObject, type JsonObject } from '../../contracts/json.js';
import { createMemoryDocuments } from '../../infra/memory/memory-documents.js';
import { createConsentBlock } from '../../mocks/consent/block.js';
import { createDigitalRegistriesBlock } from '../../mocks/digital-registries/block.js';
import { createFinancialInstitutionBlock } from '../../mocks/financial-institution/block.js';
import { createIdentityBlock } from '../../mocks/identity/block.js';
import { createRegistrationBlock } from '../../mocks/registration/block.js';
import { namesIn, readYaml } from './use-case-files.js';

/** The seed files, taken in by the blocks themselves. */
const seeds = new Map<string, BlockSeeds>(
  namesIn('seeds').flatMap(
    (name) => Object.entries(readYaml(`seeds/${name}.yaml`)) as [string, BlockSeeds][],
  ),
);

const clock = { now: () => new Date('2026-01-05T08:00:00Z') };
const silent = (): void => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent, child: () => logger };

function deps(): BlockDeps {
  let last = 0;
  return {
    documents: createMemoryDocuments(),
    clocks: { of: () => clock },
    realClock: clock,
    ids: { next: (prefix: string) => `${prefix}-${(last += 1)}` },
    logger,
    jobs: { schedule: async () => undefined, cancel: async () => undefined },
    callbacks: { send: async () => undefined },
    services: { call: async () => ({ status: 500, headers: {} }) },
    attestations: { verify: async () => undefined },
    faults: { strike: async () => [] },
  };
}

async function seeded(
  create: (deps: BlockDeps) => Block,
  block: string,
  more: readonly JsonObject[] = [],
): Promise<Block> {
  const made = create(deps());
  const own = seeds.get(block) ?? {};
  await made.reset(
    DEFAULT_WORKSPACE,
    more.length === 0 ? own : { ...own, records: [...(own['records'] ?? []), ...more] },
  );
  return made;
}

const headers = { 'information-mediator-client': 'SANDBOX/GOV/MSW/USCT', 'content-type': 'application/json' };

describe('the seeds of the cash transfer', () => {
  it('fill the registries, the thousand households too', async () => {
    const records = registryRecords(generateHouseholds({ count: 1000 })).map((record) => ({ ...record }));
    const block = await seeded(createDigitalRegistriesBlock, 'digital-registries', records);
    const answer = await block.handle(DEFAULT_WORKSPACE, {
      method: 'POST',
      path: '/data/population/1.0/read',
      query: {},
      headers: { ...headers, 'x-sandbox-fields': 'firstName,birthDate' },
      body: { query: { content: { individualId: '2001000017' } } },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { content: { firstName: 'Amina', birthDate: '1988-03-14' } },
    });
  });

  it('take a beneficiary as the workflow writes one', async () => {
    const block = await seeded(createDigitalRegistriesBlock, 'digital-registries');
    const content = {
      functionalId: 'U0000000422',
      status: 'active',
      package: 'care',
      monthlyAmount: 107,
      cycleAmount: 214,
      currency: 'USD',
      route: 'mobile',
      financialAddress: '+15550101',
    };
    const answer = await block.handle(DEFAULT_WORKSPACE, {
      method: 'POST',
      path: '/data/beneficiary-registry/1.0/updateOrCreate',
      query: {},
      headers,
      body: { query: { content: { functionalId: 'U0000000422' } }, write: { content } },
    });
    expect(answer).toMatchObject({ status: 200, body: { content } });
  });

  it('offer the data agreement with exactly the fields that the workflows read', async () => {
    const block = await seeded(createConsentBlock, 'consent');
    const answer = await block.handle(DEFAULT_WORKSPACE, {
      method: 'GET',
      path: '/service/data-agreement/usct-verification/',
      query: {},
      headers,
    });
    const agreement = isJsonObject(answer.body) ? (answer.body['dataAgreement'] as JsonObject) : {};
    const fields = (agreement['attributes'] as readonly JsonObject[]).map(({ name }) => name);
    expect(fields).toEqual([
      'firstName',
      'lastName',
      'birthDate',
      'lifeStatus',
      'dependants',
      'monthlyIncome',
      'hectares',
    ]);
  });

  it('offer the service that people apply for, and know the citizens', async () => {
    const registration = await seeded(createRegistrationBlock, 'registration');
    const answer = await registration.handle(DEFAULT_WORKSPACE, {
      method: 'GET',
      path: '/services',
      query: {},
      headers,
    });
    expect(answer.body).toMatchObject([{ name: 'Unconditional social cash transfer' }]);
    await expect(seeded(createIdentityBlock, 'identity')).resolves.toBeDefined();
  });

  it("open the programme's own account", async () => {
    const block = await seeded(createFinancialInstitutionBlock, 'financial-institution');
    const answer = await block.handle(DEFAULT_WORKSPACE, {
      method: 'GET',
      path: '/institutions/BANK-A/accounts/GOV-USCT',
      query: {},
      headers,
    });
    expect(answer).toMatchObject({ status: 200, body: { currency: 'USD' } });
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Block, BlockSeeds, Method } from '../../contracts/block.js';
import type { Json } from '../../contracts/json.js';
import { readMockSeeds } from '../../app/mock-seeds.js';
import { createDigitalRegistriesBlock } from '../../mocks/digital-registries/block.js';
import { createFinancialInstitutionBlock } from '../../mocks/financial-institution/block.js';
import { createPaymentsBlock } from '../../mocks/payments/block.js';
import { createRegistrationBlock } from '../../mocks/registration/block.js';
import { openConsentBench } from './consent/consent-bench.js';
import { testDeps, WORKSPACE } from './kit/test-deps.js';

const headers = {
  'information-mediator-client': 'SANDBOX/GOV/TEST/CLIENT',
  'content-type': 'application/json',
};

async function said(block: Block, method: Method, path: string, body?: Json): Promise<string> {
  const request = { method, path, query: {}, headers, ...(body === undefined ? {} : { body }) };
  return JSON.stringify((await block.handle(WORKSPACE, request)).body);
}

async function seeded(block: Block, seeds: BlockSeeds = {}): Promise<Block> {
  await block.reset(WORKSPACE, seeds);
  return block;
}

describe('a refusal names what was nearly meant', () => {
  it('in registries: operation, registry and field', async () => {
    const { seeds } = await readMockSeeds('digital-registries', 'compliance');
    const ours = seeds['digital-registries'] as unknown as BlockSeeds;
    const block = await seeded(createDigitalRegistriesBlock(testDeps().deps), ours);
    expect(await said(block, 'POST', '/data/registryname/111/creat', {})).toContain(
      'did you mean POST /data/{registryName}/{versionNumber}/create',
    );
    expect(await said(block, 'GET', '/data/registrynam/111')).toContain('did you mean registryname/111?');
    expect(
      await said(block, 'POST', '/data/registryname/111/create', { wrte: { content: { ID: '1' } } }),
    ).toMatch(/is required; it has wrte instead/);
  });

  it('in consent: data agreement', async () => {
    const bench = await openConsentBench();
    const { block } = bench;
    expect(await said(block, 'GET', '/config/data-agreement/usct-registraton/')).toContain(
      'did you mean usct-registration?',
    );
    expect(await said(block, 'GET', '/config/data-agreement/something-else/')).not.toContain('did you mean');
    // Who there is, is nobody's business.
    const individual = await bench.individual();
    expect(await said(block, 'GET', `/service/individual/${individual.slice(0, -1)}/`)).not.toContain(
      'did you mean',
    );
  });

  it('in payments: building block', async () => {
    const block = await seeded(createPaymentsBlock(testDeps().deps));
    const body = await said(block, 'PATCH', '/vouchers/voucher_activation', {
      voucher_serial_number: 1,
      Gov_Stack_BB: 'bb-payment',
    });
    expect(body).toContain('did you mean bb-payments?');
  });

  it('in registration and at institutions', async () => {
    const registration = await seeded(createRegistrationBlock(testDeps().deps));
    expect(await said(registration, 'GET', '/service')).toContain('did you mean');
    const banks = await seeded(createFinancialInstitutionBlock(testDeps().deps));
    expect(await said(banks, 'GET', '/institution')).toContain('did you mean');
  });
});

import { describe, expect, it } from '@jest/globals';
import type { DirectoryService } from '../../../mocks/information-mediator/directory-service.js';
import { maskPath } from '../../../mocks/information-mediator/mask-path.js';
import { describeService, endpointsOf } from '../../../mocks/information-mediator/service-description.js';

const bank: DirectoryService = {
  id: 'SANDBOX/COM/BANK-A/CORE/accounts',
  provider: 'SANDBOX/COM/BANK-A/CORE',
  code: 'accounts',
  title: 'Bank A',
  block: 'financial-institution',
  basePath: '/institutions/bank-a',
  access: [],
};
const parameter = (name: string): { name: string; in: string } => ({ name, in: 'path' });
const document = {
  info: { version: '1' },
  paths: {
    '/institutions': { get: { operationId: 'list' } },
    '/institutions/{institution}/accounts/{account}': {
      get: { operationId: 'account', parameters: [parameter('institution'), parameter('account')] },
    },
    '/elsewhere/{institution}/accounts': { get: { operationId: 'other' } },
  },
};

describe('a service whose base path fills a parameter', () => {
  it('is described without that parameter', () => {
    expect(endpointsOf(bank, document)).toEqual([
      { operationId: 'account', method: 'GET', path: '/accounts/{account}' },
    ]);
    expect(describeService(bank, document, 'http://im/r1').paths).toEqual({
      '/accounts/{account}': { get: { operationId: 'account', parameters: [parameter('account')] } },
    });
  });

  it('has nothing where a fixed value contradicts the base path', () => {
    expect(endpointsOf({ ...bank, fixed: { institution: 'bank-b' } }, document)).toEqual([]);
  });

  it('is recorded with paths below it, identifiers masked', () => {
    const operation = {
      operationId: 'account',
      template: '/institutions/{institution}/accounts/{account}',
      path: { institution: 'bank-a', account: 'IBAN-7' },
    };
    expect(maskPath(operation, bank)).toBe('/accounts/{account}');
    expect(maskPath(undefined, bank)).toBe('/*');
  });
});

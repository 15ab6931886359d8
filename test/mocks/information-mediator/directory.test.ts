import { describe, expect, it } from '@jest/globals';
import type { AccessRight } from '../../../mocks/information-mediator/directory-service.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
import { OTHER, population, POPULATION, USCT } from './mediator-fixture.js';

const usct = { id: 'usct', client: USCT, services: { population } };
const clinicRight: AccessRight = {
  client: OTHER,
  operations: ['read'],
  basis: { kind: 'public-task', reference: 'Health Act' },
};

describe('the directory', () => {
  it('knows services by provider and code, and every application that provides or calls', () => {
    const directory = createDirectory([usct]);
    expect(directory.service(`${POPULATION}/population`)).toMatchObject({
      code: 'population',
      basePath: '/data',
    });
    expect(directory.service(`${POPULATION}/Population`)).toBeUndefined();
    expect(directory.applications().map(({ memberCode }) => memberCode)).toEqual(['MOI', 'MSW']);
    expect(directory.isApplication(USCT)).toBe(true);
    expect(directory.isApplication(OTHER)).toBe(false);
  });

  it('joins what several use cases declare alike', () => {
    const clinic = {
      id: 'clinic',
      client: OTHER,
      services: { people: { ...population, access: [clinicRight] } },
    };
    const service = createDirectory([usct, clinic, { ...usct, id: 'again' }]).service(
      `${POPULATION}/population`,
    );
    expect(service?.access).toEqual([...population.access, clinicRight]);
  });

  it.each([
    ['block', { block: 'payments' as const }],
    ['basePath', { basePath: '/other' }],
    ['fixed', { fixed: { registryName: 'tax' } }],
    [`access of ${USCT}`, { access: [{ client: USCT, basis: { kind: 'not-personal' as const } }] }],
  ])('refuses two declarations that differ in %s', (what, change) => {
    const other = { id: 'other', client: USCT, services: { people: { ...population, ...change } } };
    const create = (): unknown => createDirectory([usct, other]);
    expect(create).toThrow(expect.objectContaining({ code: 'GSB-DEF-003' }));
    expect(create).toThrow(`use case other, services.people: ${what}`);
  });

  it('takes further services that no use case declares', () => {
    const bank = {
      ...population,
      provider: 'SANDBOX/COM/BANK/CORE',
      code: 'accounts',
      access: [clinicRight],
    };
    const directory = createDirectory([], [{ declaredBy: 'banks', service: bank }]);
    expect(directory.service('SANDBOX/COM/BANK/CORE/accounts')?.block).toBe('digital-registries');
    expect(directory.isApplication(OTHER)).toBe(true);
  });
});

import { describe, expect, it } from '@jest/globals';
import { joinSeeds } from '../../app/join-seeds.js';

const population = { name: 'population', version: '1.0', idField: 'individualId' };
const amina = { registry: 'population', version: '1.0', content: { individualId: '1', sex: 'female' } };
const tomas = { registry: 'population', version: '1.0', content: { individualId: '2', sex: 'male' } };

describe('the seeds of several use cases', () => {
  it('are joined by block and collection, in their order', () => {
    const joined = joinSeeds([
      [
        { 'digital-registries': { registries: [population] } },
        { 'digital-registries': { records: [amina] } },
      ],
      [{ 'digital-registries': { records: [tomas] }, consent: { policies: [{ id: 'p' }] } }],
    ]);
    expect(joined).toEqual({
      'digital-registries': { registries: [population], records: [amina, tomas] },
      consent: { policies: [{ id: 'p' }] },
    });
  });

  it('say a thing once when two use cases say the same of it, in whatever order of members', () => {
    const sameAgain = { idField: 'individualId', version: '1.0', name: 'population' };
    const joined = joinSeeds([
      [{ 'digital-registries': { registries: [population] } }],
      [{ 'digital-registries': { registries: [sameAgain] } }],
    ]);
    expect(joined['digital-registries']).toEqual({ registries: [population] });
  });

  it('keep what differs, and what one use case says twice: the block finds fault with it', () => {
    const other = { ...population, idField: 'number' };
    const joined = joinSeeds([
      [{ 'digital-registries': { registries: [population], records: [amina, amina] } }],
      [{ 'digital-registries': { registries: [other] } }],
    ]);
    expect(joined['digital-registries']).toEqual({
      registries: [population, other],
      records: [amina, amina],
    });
  });
});

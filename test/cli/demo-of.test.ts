import { describe, expect, it } from '@jest/globals';
import { loadUseCases } from '../../app/read-use-cases.js';
import { demoOf } from '../../cli/demo-of.js';

const useCases = await loadUseCases();

describe('what a first start shows', () => {
  it('is the default scenario that is marked for it, whatever the order of the use cases', () => {
    expect(useCases.length).toBeGreaterThan(1);
    for (const order of [useCases, [...useCases].reverse()]) {
      const { useCase, scenario } = demoOf(order);
      expect([useCase.manifest.id, scenario.name, scenario.demo]).toEqual(['usct', 'usct-demo', true]);
    }
  });

  it('is the first use case when none is marked, and an error when there is none', () => {
    const unmarked = useCases.filter(({ manifest }) => manifest.id !== 'usct');
    expect(demoOf(unmarked).useCase).toBe(unmarked[0]);
    expect(() => demoOf([])).toThrow('There is no use case');
  });
});

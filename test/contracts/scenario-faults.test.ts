import { describe, expect, it } from '@jest/globals';
import { scenarioStepSchema } from '../../contracts/scenario.js';

const step = { say: 'Yuki breaks something.', do: 'fault', block: 'payments' };

describe('a step of a scenario that breaks a block', () => {
  it.each([
    { kind: 'outage', operationId: 'registerBeneficiaries', times: 2 },
    { kind: 'latency', median: 100, p95: 900, seed: 3 },
    { kind: 'malformed-answer', how: 'wrong-type', probability: 0.5 },
    { kind: 'lost-callbacks', operationId: 'batchStatus' },
  ])('takes %j, and what it gave once more', (fault) => {
    const once = scenarioStepSchema.parse({ ...step, ...fault });
    expect(once).toEqual({ ...step, ...fault });
    expect(scenarioStepSchema.parse(once)).toEqual(once);
  });

  it.each([
    { kind: 'explosion' },
    { kind: 'latency', median: 100 },
    { kind: 'outage', milliseconds: 5 },
    { kind: 'error', status: 200 },
  ])('refuses %j', (fault) => {
    expect(scenarioStepSchema.safeParse({ ...step, ...fault }).success).toBe(false);
  });
});

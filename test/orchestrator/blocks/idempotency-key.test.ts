import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createIdempotencyKey } from '../../../orchestrator/blocks/idempotency-key.js';

const keyOf = createIdempotencyKey({ sha256: (text) => createHash('sha256').update(text).digest('hex') });

describe('the idempotency key', () => {
  it('is the same for the same effect, also in a later attempt', () => {
    const key = keyOf('run-1', '/do/3/pay/try/0/send');
    expect(key).toMatch(/^run-1\.[0-9a-f]{32}$/);
    expect(keyOf('run-1', '/do/3/pay/try/0/send')).toBe(key);
    expect(keyOf('run-1', '/do/3/pay/try#2/0/send')).toBe(key);
  });

  it('differs by run, task, visit and iteration', () => {
    const keys = [
      keyOf('run-1', '/do/3/each/for#1/do/0/send'),
      keyOf('run-1', '/do/3/each/for#2/do/0/send'),
      keyOf('run-1', '/do/3/each/for#1/do/0/send@2'),
      keyOf('run-1', '/do/4/each/for#1/do/0/send'),
      keyOf('run-2', '/do/3/each/for#1/do/0/send'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

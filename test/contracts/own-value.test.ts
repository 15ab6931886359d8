import { describe, expect, it } from '@jest/globals';
import { ownValue } from '../../contracts/own-value.js';

describe('ownValue', () => {
  it('finds what an object has itself', () => expect(ownValue({ a: 1 }, 'a')).toBe(1));

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'b'])(
    'does not find what it inherits, or has not: %s',
    (name) => expect(ownValue<unknown>({ a: 1 }, name)).toBeUndefined(),
  );
});

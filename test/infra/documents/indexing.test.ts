import { describe, expect, it } from '@jest/globals';
import { compareIds, prefixEnd, scalarKey } from '../../../infra/documents/indexing.js';

describe('the keys that documents are found by', () => {
  it.each([
    ['a', 'b'],
    ['w1/', 'w10'],
    ['\ud7ff', '\ue000'],
    ['a\u{10ffff}', 'b'],
    ['\u{10ffff}', undefined],
    ['', undefined],
  ])('end the range of the prefix %j at %j', (prefix, end) => {
    expect(prefixEnd(prefix)).toBe(end);
  });

  it('orders as UTF-8 does, unlike JavaScript', () => {
    expect(['😀', '\uffee', 'a'].sort(compareIds)).toEqual(['a', '\uffee', '😀']);
    expect(['😀', '\uffee', 'a'].sort()).toEqual(['a', '😀', '\uffee']);
  });

  it('keeps types apart, and long values short and apart', () => {
    const keys = ['1', 1, true, 'true', null, 'null', '', 'x'.repeat(9000), `${'x'.repeat(9000)}y`].map(
      scalarKey,
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(200);
  });
});

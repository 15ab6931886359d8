import { describe, expect, it } from '@jest/globals';
import { LONGEST_PATH, unportable } from '../../../infra/pack/portable-names.js';

describe('names that any stick can hold', () => {
  it('lets through what we have', () => {
    expect(
      unportable(['start.cmd', 'node/linux-x64/node', 'node_modules/@a/b/c.js', '.x/y', 'a b.txt']),
    ).toEqual([]);
  });

  it.each([
    'a:b',
    'what?.js',
    'a"b',
    'x/trailing.',
    'x/trailing ',
    'con',
    'x/NUL.js',
    'com1.txt',
    'back\\slash',
    'new\nline',
  ])('refuses %j, which Windows does not know', (path) => {
    expect(unportable([path])).toEqual([expect.stringContaining('Windows')]);
  });

  it('refuses two names that differ by case alone, and names both', () => {
    expect(unportable(['docs/README.md', 'docs/Readme.md'])).toEqual([
      'docs/Readme.md: the same as docs/README.md where case does not count',
    ]);
  });

  it('refuses a path that leaves no room for drive and folder', () => {
    expect(unportable(['x'.repeat(LONGEST_PATH)])).toEqual([]);
    expect(unportable(['x'.repeat(LONGEST_PATH + 1)])).toHaveLength(1);
  });
});

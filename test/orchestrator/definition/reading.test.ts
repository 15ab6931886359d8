import { describe, expect, it } from '@jest/globals';
import { workflow } from '../engine/workflow-text.js';
import { diagnose } from './lint-bench.js';

const codesOf = (text: string): string[] => diagnose(text).map(({ code }) => code);
const placesOf = (text: string): string[] =>
  diagnose(text).map(({ line, column, code }) => `${line}:${column} ${code}`);

describe('reading a document', () => {
  it('reports every mistake in the YAML that the parser finds', () => {
    expect(placesOf('a: [1,\nb: "x\nc: }\n')).toEqual([
      '2:1 yaml-syntax',
      expect.stringMatching(/ yaml-syntax$/),
    ]);
  });

  it('names a key that stands twice', () => {
    const [found] = diagnose('a: 1\nb: 2\na: 3\n');
    expect(found).toMatchObject({ code: 'duplicate-key', line: 3, column: 1 });
    expect(found?.what).toContain('"a"');
  });

  it('does not take tabs for indentation', () => {
    expect(placesOf('a:\n\tb: 1\n')).toEqual(['2:1 tab-indentation']);
  });

  it('does not take a second document', () => {
    expect(placesOf('a: 1\n---\nb: 2\n')).toEqual([expect.stringMatching(/^[23]:1 yaml-syntax$/)]);
  });

  it('names an alias without an anchor', () => {
    expect(placesOf('a: 1\nb: *there\n')).toEqual(['2:4 yaml-syntax']);
  });

  it.each([
    ['flow', '['.repeat(50_000)],
    ['mappings in flow', '{a: '.repeat(50_000)],
    ['block', `${'- '.repeat(50_000)}x`],
    ['closed', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['an alias within itself', 'a: &a [*a]\n'],
  ])('is not brought down by endless nesting: %s', (_name, text) => {
    // The YAML parser itself would end the whole process on the first of these.
    expect(codesOf(text)).toEqual(['too-deep']);
  });

  it('is not brought down by aliases of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, index) =>
      index === 0
        ? 'l0: &l0 [x, x, x, x, x, x, x, x]'
        : `l${index}: &l${index} [${`*l${index - 1}, `.repeat(8)}]`,
    );
    expect(codesOf(levels.join('\n'))).toEqual(['too-large']);
    expect(codesOf(`a: &a 1\nb: [${'*a, '.repeat(5000)}]`)).toEqual(['too-large']);
  });

  it('refuses a document of more than a million characters', () => {
    expect(codesOf(`a: ${'x'.repeat(1_000_001)}`)).toEqual(['too-large']);
  });

  it('refuses what is no JSON', () => {
    expect(codesOf('a: .inf\nb: .nan\n')).toEqual(['no-json-value', 'no-json-value']);
  });

  it('refuses __proto__ as a name, and takes constructor as one', () => {
    expect(codesOf('a: { __proto__: { polluted: true } }\n')).toEqual(['reserved-key']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(codesOf(workflow('\n  - constructor: { set: { toString: 1 } }'))).toEqual([]);
    expect(codesOf(workflow('\n  - a: { raise: { error: constructor } }'))).toEqual(['unknown-name']);
  });

  it('follows aliases and merge keys to where the mistake is written', () => {
    const text = workflow(`
  - a:
      try: [{ b: { set: { a: 1 } } }]
      catch: &patiently
        retry: { delay: soon }
  - c:
      try: [{ d: { set: { a: 1 } } }]
      catch:
        <<: *patiently
        as: problem`);
    expect(placesOf(text)).toEqual(['12:25 wrong-format', '12:25 wrong-format']);
  });
});

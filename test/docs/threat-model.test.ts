import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(resolve(root, 'docs/explanations/threat-model.md'), 'utf8');
const rows = page.split('\n').filter((line) => /^\|.*\]\(\.\.\/\.\.\/test\//.test(line));
const named = rows.flatMap((row) => [
  ...row.matchAll(/\]\(\.\.\/\.\.\/(test\/[^)]+)\): “(.+?)”(?=;| \|| *\|)/g),
]);

describe('the threat model', () => {
  it('names a test for each threat', () => {
    expect(rows.length).toBeGreaterThanOrEqual(25);
    for (const row of rows) expect(row).toMatch(/\.test\.ts\): “.+”/);
    expect(named.length).toBeGreaterThanOrEqual(rows.length);
  });

  it.each(named.map(([, file = '', title = '']) => [file, title] as const))(
    'is shown by %s: %s',
    (file, title) => {
      expect(existsSync(resolve(root, file))).toBe(true);
      expect(readFileSync(resolve(root, file), 'utf8')).toContain(title);
    },
  );
});

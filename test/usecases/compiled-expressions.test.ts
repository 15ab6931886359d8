import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { compile } from '../../orchestrator/expressions/compiled/compile.js';
import { isExpression, unwrap } from '../../orchestrator/expressions/template.js';
import { parse as parseYaml } from 'yaml';

const usecases = fileURLToPath(new URL('../../usecases/', import.meta.url));
/** Where a string is jq even without `${ }`. OWS DSL 1.0.3, Runtime Expressions. */
const BARE = new Set(['if', 'when', 'exceptWhen', 'from', 'as', 'in', 'while']);

function expressionsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') {
    if (isExpression(value)) return [unwrap(value)];
    return BARE.has(key) ? [value] : [];
  }
  if (value === null || typeof value !== 'object') return [];
  // `catch.as` is the name of a variable.
  return Object.entries(value).flatMap(([name, member]) =>
    key === 'catch' && name === 'as' ? [] : expressionsIn(member, name),
  );
}

function workflows(): readonly string[] {
  return readdirSync(usecases, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(workflows\/.*|shared\/.*\/workflow)\.ya?ml$/.test(path),
  );
}

describe('the expressions of our workflows', () => {
  const all = workflows().flatMap((path) =>
    expressionsIn(parseYaml(readFileSync(join(usecases, path), 'utf8'))),
  );

  it('are many', () => {
    expect(existsSync(usecases)).toBe(true);
    expect(all.length).toBeGreaterThan(200);
  });

  it('are all compiled, so that none pays for WebAssembly', () => {
    expect(all.filter((program) => compile(program) === undefined)).toEqual([]);
  });
});

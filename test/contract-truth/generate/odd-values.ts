import type { Fuzz } from '../../app/fuzz-values.js';

/** JSON text of what nobody expects; bigger and deeper than `Fuzz` has it, now and then. */
export function oddJson(fuzz: Fuzz): string {
  const { pick, chance, json, text } = fuzz;
  if (chance(0.04))
    return pick([
      '['.repeat(300) + ']'.repeat(300),
      '{"a":'.repeat(300) + '1' + '}'.repeat(300),
      '['.repeat(5_000) + ']'.repeat(5_000),
      `[${'0,'.repeat(3_000)}0]`,
      JSON.stringify('x'.repeat(60_000)),
      JSON.stringify('９'.repeat(9_000)),
    ]);
  if (chance(0.3))
    return pick([
      '1e400',
      '-1e400',
      '1e308',
      '9007199254740993',
      '-1',
      '0.1',
      '0',
      '""',
      'null',
      'true',
      '[]',
      '{}',
      '[null]',
      '[[]]',
      '"0"',
      '"-1"',
      '"1e3"',
      '"2026-02-30"',
      '"2026-13-01T00:00:00Z"',
      '"9999-12-31T23:59:60Z"',
      '"0000-00-00"',
      '"+275760-09-13T00:00:00.001Z"',
      '"00000000-0000-0000-0000-000000000000"',
      '{"__proto__":{"polluted":true}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '{"toString":null,"valueOf":1}',
      '{"$ref":"#/components/schemas/x"}',
      '{"$gt":""}',
      '{"length":3}',
    ]);
  if (chance(0.3)) return JSON.stringify(text());
  return json(4);
}

/** Text for a path segment, a query or a header, percent-encoded or not, and not always rightly. */
export function oddSegment({ pick, chance, text }: Fuzz): string {
  if (chance(0.35))
    return pick([
      '%',
      '%E0%A4%A',
      '%00',
      '%2e%2e%2f',
      '..%2f..%2fetc',
      '%2F',
      '%25',
      '%ff%fe',
      '%C0%80',
      '%F0%9F%92%A9',
      '\u00ff\u0080',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '{id}',
      '%7Bid%7D',
      '-1',
      '0',
      '1e9',
      '99999999999999999999',
      'null',
      'undefined',
      'x'.repeat(2_000),
      '..',
      '.',
      ';a=b',
      '+',
      '%20',
      "'%20OR%201=1",
    ]);
  const odd = text().replaceAll(/[\ud800-\udfff]/g, '');
  return encodeURIComponent(odd.slice(0, 1_000)) || 'x';
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

/**
 * The console runs on Chrome 109 and Firefox 115. The build translates syntax; what follows is not syntax, came later,
 * and would fail there or not look as meant.
 */
const tooNew = [
  /\.(toSorted|toReversed|toSpliced)\(/,
  /\b(Object|Map)\.groupBy\(/,
  /Promise\.withResolvers/,
  /\bURL\.(canParse|parse)\(/,
  /Intl\.DurationFormat/,
  /\bSet\b.*\.(union|intersection|difference|isSubsetOf)\(/,
  /:has\(/,
  /@starting-style/,
  /\bcolor-mix\(/,
  /\blight-dark\(/,
  /\bpopover(=|target)/i,
  /anchor-name|position-anchor/,
  /\btext-wrap\b/,
];

const folder = fileURLToPath(new URL('../../console/src/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(tsx?|css)$/.test(name))
  .map((name) => join(folder, name));

describe('the sources of the console', () => {
  it('use nothing that the oldest supported browsers lack', () => {
    expect(files.length).toBeGreaterThan(80);
    const found = files.flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      return lines.flatMap((line, index) =>
        tooNew.some((pattern) => pattern.test(line)) && !line.trimStart().startsWith('/*')
          ? [`${file}:${index + 1} ${line.trim()}`]
          : [],
      );
    });
    expect(found).toEqual([]);
  });
});

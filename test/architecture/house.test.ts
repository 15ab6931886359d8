import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesUnder, ROOMS, ROOT } from './source-files.js';

/** What a reader may rely on: short files, one idea each, under a name that says which. */
const LONGEST = 400;
const MEDIAN = 80;
const NOT_A_NAME = /(^|[/-])(utils?|helpers?|common|managers?)([./-]|$)/;
/** `kebab-case.ts`, with an optional kind such as `.test`, `.suite` or `.d`. */
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.long)?(\.[a-z]+)?\.(ts|tsx|mjs|cjs|css)$/;

interface Source {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
}

describe('the house', () => {
  let sources: readonly Source[];

  beforeAll(async () => {
    const paths = (await Promise.all([...ROOMS, 'test'].map(filesUnder)))
      .flat()
      .filter((path) => /\.(tsx?|mjs|cjs|css)$/.test(path));
    sources = await Promise.all(
      paths.map(async (path) => {
        const text = await readFile(join(ROOT, path), 'utf8');
        return { path, text, lines: text.split('\n').length - 1 };
      }),
    );
  });

  it('was looked at', () => {
    expect(sources.length).toBeGreaterThan(600);
  });

  it(`has no file of more than ${LONGEST} lines`, () => {
    expect(
      sources.filter(({ lines }) => lines > LONGEST).map(({ path, lines }) => `${path}: ${lines}`),
    ).toEqual([]);
  });

  it(`has half of its files below ${MEDIAN} lines`, () => {
    const product = sources.filter(({ path }) => !path.startsWith('test/')).map(({ lines }) => lines);
    const sorted = [...product].sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(MEDIAN);
  });

  it('names every file in kebab-case', () => {
    const named = sources.map(({ path }) => path).filter((path) => !KEBAB.test(path.split('/').at(-1) ?? ''));
    expect(named).toEqual([]);
  });

  it('has no drawer for odds and ends', () => {
    expect(sources.map(({ path }) => path).filter((path) => NOT_A_NAME.test(path))).toEqual([]);
    expect(
      ['mocks/kit/utils.ts', 'cli/helpers/x.ts', 'app/run-manager.ts'].every((path) => NOT_A_NAME.test(path)),
    ).toBe(true);
  });

  it('keeps time and chance out of the core', () => {
    const core = sources.filter(({ path }) => /^orchestrator\/(engine|definition|expressions)\//.test(path));
    expect(core.length).toBeGreaterThan(50);
    const impure = /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bsetTimeout\b/;
    expect(core.filter(({ text }) => impure.test(text)).map(({ path }) => path)).toEqual([]);
    expect(impure.test('const at = new Date();')).toBe(true);
  });
});

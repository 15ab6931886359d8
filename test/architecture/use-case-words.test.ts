import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesUnder, ROOMS, ROOT } from './source-files.js';
import { useCaseWords, withoutRemarks } from './use-case-words.js';

/** Who may speak of a use case, and why. A path that ends in `/` is a folder. */
const ALLOWED: Readonly<Record<string, string>> = {
  'cli/cohort/': 'what `run usct --cohort` compares with: a census, and the formula reckoned a second time',
  'cli/bench/usct-suite.ts': 'measures the cohort',
  'cli/commands/bench.ts': 'offers that measurement',
  'cli/main.ts': 'examples in the help, and the option of the cohort',
  'cli/docs/cli-page.ts': 'an example on the page of commands',
  'infra/build/screenshots.mjs': 'takes pictures for the docs, of use cases too',
  'app/redacted-fields.ts': 'masks personal data by the names of fields that people may choose',
  'mocks/kit/journal/mask-entry.ts': 'as above',
  'app/block-conformance/fixtures/registration.yaml': 'what a candidate is asked to know: a form of its own',
  'mocks/registration/seeds/conformance.yaml': 'the same form, for the mock as candidate',
  'mocks/digital-registries/seeds/compliance.yaml': 'a register that the official document names',
};

const isAllowed = (path: string): string | undefined =>
  Object.keys(ALLOWED).find((one) => path === one || (one.endsWith('/') && path.startsWith(one)));

describe('the words of the use cases', () => {
  const rooms = [...ROOMS, 'console/locales'];
  let words: readonly RegExp[];
  let read = 0;
  /** Each file with the words that it says. */
  const said = new Map<string, readonly string[]>();

  beforeAll(async () => {
    words = await useCaseWords();
    const paths = (await Promise.all(rooms.map(filesUnder)))
      .flat()
      .filter((path) => /\.(tsx?|mjs|cjs|ya?ml|json|sh|css|java)$/.test(path));
    for (const path of paths) {
      const text = withoutRemarks(path, await readFile(join(ROOT, path), 'utf8'));
      const found = words.flatMap((word) => word.exec(text)?.[0] ?? []);
      if (found.length > 0) said.set(path, found);
      read += 1;
    }
  }, 120_000);

  it('were looked for, everywhere', () => {
    expect(read).toBeGreaterThan(1_500);
    expect(words.length).toBeGreaterThan(30);
  });

  it('are in no code: a use case is data', () => {
    expect([...said].filter(([path]) => isAllowed(path) === undefined)).toEqual([]);
  });

  it('are allowed to nobody who does not say them', () => {
    const needed = new Set([...said.keys()].map(isAllowed));
    expect(Object.keys(ALLOWED).filter((one) => !needed.has(one))).toEqual([]);
  });

  it.each([
    ['app/x.ts', "if (useCase === 'usct') skip();"],
    ['app/x.ts', "const numbers = 'HLTC-N-000001';"],
    ['cli/x.ts', "as('registrar-elena');"],
    ['cli/x.ts', "as('grace');"],
    ['orchestrator/x.ts', 'const householdSize = 3;'],
    ['console/src/x.tsx', 'export const x = <p>Vaccinations</p>;'],
    ['mocks/x.yaml', 'title: Mother and child'],
    ['orchestrator/x.ts', "start('payment-cycle');"],
  ])('would be found: %s %s', (path, text) => {
    const rest = withoutRemarks(path, text);
    expect(words.filter((word) => word.test(rest))).not.toEqual([]);
  });

  it.each([
    ['app/x.ts', '/** Such as `usct`. */ export const x = 1; // household'],
    ['app/x.ts', 'const GRACE_MS = 3;'],
    ['orchestrator/http/openapi.yaml', 'name: { type: string, example: usct, examples: [hltc-1] } # mother'],
  ])('are no matter in remarks and examples: %s %s', (path, text) => {
    const rest = withoutRemarks(path, text);
    expect(words.filter((word) => word.test(rest))).toEqual([]);
  });
});

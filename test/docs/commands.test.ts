import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { cliPage } from '../../cli/docs/cli-page.js';

const root = resolve(import.meta.dirname, '../..');
const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md') && !path.startsWith('reference'))
  .map((path) => join(root, 'docs', path));

/** The options of each command, by its name such as `workspace create`. */
const known = new Map(
  (await cliPage())
    .split(/^#{2,3} /m)
    .slice(1)
    .map((section) => [
      section.split('\n')[0] ?? '',
      new Set([...section.matchAll(/^\| `(--[\w-]+)/gm)].map(([, option = '']) => option)),
    ]),
);

interface Told {
  readonly page: string;
  readonly line: string;
}
const commandsIn = (page: string, beginning: RegExp): Told[] =>
  readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => beginning.test(line))
    .map((line) => ({ page: relative(root, page), line: line.replace(beginning, '').replace(/\s#.*$/, '') }));
const told = pages.flatMap((page) => [
  ...commandsIn(page, /^\s*npm run sandbox -- /),
  ...commandsIn(page, /^\s*npm start --(?= --)/).map(({ page: from, line }) => ({
    page: from,
    line: `up${line}`,
  })),
]);

/** What is wrong with a line, if anything. */
function wrongWith({ page, line }: Told): string[] {
  const words = line
    .replaceAll(/"[^"]*"|'[^']*'/g, 'TEXT')
    .split(/\s+/)
    .filter((word) => word !== '');
  const [first = '', second = ''] = words;
  const name = known.has(`${first} ${second}`) ? `${first} ${second}` : first;
  const options = known.get(name);
  if (options === undefined) return [`${page}: there is no command ${first}`];
  return words
    .filter((word) => word.startsWith('--'))
    .map((word) => word.replace(/=.*/, ''))
    .filter((option) => !options.has(option))
    .map((option) => `${page}: ${name} has no option ${option}`);
}

describe('commands in the documentation', () => {
  it('exist, with each of their options', () => {
    expect(known.size).toBeGreaterThan(20);
    expect(told.length).toBeGreaterThan(40);
    expect(told.flatMap(wrongWith)).toEqual([]);
  });

  it('would be missed if they did not', () => {
    expect(wrongWith({ page: 'x.md', line: 'fly --high' })).toEqual(['x.md: there is no command fly']);
    expect(wrongWith({ page: 'x.md', line: 'clock --by P2M --fast' })).toEqual([
      'x.md: clock has no option --fast',
    ]);
  });
});

describe('the lesson of 90 minutes', () => {
  const languages = ['en', 'fr', 'ar'];
  const text = (language: string): string =>
    readFileSync(join(root, `docs/lessons/workshop-90-minutes.${language}.md`), 'utf8');
  const code = (language: string): string[] =>
    [...text(language).matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines = '']) => lines.trim());

  it('has the same commands in each language', () => {
    expect(code('en').length).toBeGreaterThanOrEqual(8);
    for (const language of languages) expect(code(language)).toEqual(code('en'));
  });

  it('fills 90 minutes without a gap, the same in each language', () => {
    for (const language of languages) {
      const spans = [...text(language).matchAll(/^\| (\d+)–(\d+) /gm)].map(([, from, to]) => [
        Number(from),
        Number(to),
      ]);
      expect(spans[0]?.[0]).toBe(0);
      expect(spans.at(-1)?.[1]).toBe(90);
      spans.slice(1).forEach(([from], index) => expect(from).toBe(spans[index]?.[1]));
      expect(text(language).match(/^## /gm)).toHaveLength(5 - 1);
      expect(text(language).match(/^### /gm)).toHaveLength(spans.length);
    }
  });
});

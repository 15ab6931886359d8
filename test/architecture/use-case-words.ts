import { transformSync } from '@swc/core';
import { parse } from 'yaml';
import { join } from 'node:path';
import { readUseCases } from '../../app/read-use-cases.js';
import { filesUnder, ROOT } from './source-files.js';

/** What the two services are about, as no other service would say it. */
const TRADE = [
  'household',
  'cash transfer',
  'welfare',
  'mother',
  'maternal',
  'newborn',
  'infant',
  'pregnan',
  'vaccin',
];

/** One pattern for each use case, its people, its kinds of cases and the shared parts, where they have two words, and its trade. */
export async function useCaseWords(): Promise<readonly RegExp[]> {
  const useCases = await readUseCases(join(ROOT, 'usecases'));
  const parts = (await filesUnder('usecases/shared')).map((path) => path.split('/')[2] ?? '');
  const kinds = useCases.flatMap(({ manifest }) => Object.keys(manifest.cases));
  // Of `hltc-1` also `HLTC`, as in its client and its numbers.
  const ids = useCases.map(({ manifest }) => manifest.id.replace(/-\d+$/, ''));
  // First names are words too (`grace`): only where they are a text of their own.
  const people = useCases.flatMap(({ personas }) => personas.map(({ id }) => id));
  const flows = [...new Set([...kinds, ...parts])].filter((name) => name.includes('-'));
  return [
    ...ids.map((id) => new RegExp(`(?<![a-z])${id}(?![a-z])`, 'i')),
    ...people.map((id) => new RegExp(`["'\`]${id}["'\`]`)),
    ...flows.map((name) => new RegExp(`(?<![a-z-])${name}(?![a-z-])`)),
    ...TRADE.map((word) => new RegExp(word, 'i')),
  ];
}

/** What a file does, without what it only says: no comments, and no examples in documents of an API. */
export function withoutRemarks(path: string, text: string): string {
  if (/\.(tsx?|mjs|cjs)$/.test(path)) return code(path, text);
  if (/\.ya?ml$/.test(path)) return JSON.stringify(withoutExamples(parse(text, { merge: true })));
  return text;
}

function code(path: string, text: string): string {
  return transformSync(text, {
    swcrc: false,
    configFile: false,
    minify: true,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', tsx: path.endsWith('x') },
      minify: { compress: false, mangle: false, format: { comments: false } },
    },
  }).code;
}

function withoutExamples(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExamples);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'example' && key !== 'examples')
      .map(([key, inner]) => [key, withoutExamples(inner)]),
  );
}

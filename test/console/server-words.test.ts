import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { problems } from '../../contracts/problems.js';
import { standardError, type StandardError } from '../../orchestrator/engine/workflow-error.js';
import { factsOf, languages, type Language } from '../../console/src/i18n/languages.js';
import { tellerOf, type ServerWords } from '../../console/src/i18n/server-words.js';
import { textsInSources } from './texts-in-sources.js';

const read = (language: string): ServerWords =>
  JSON.parse(
    readFileSync(new URL(`../../console/locales/server/${language}.json`, import.meta.url), 'utf8'),
  ) as ServerWords;
const sources = textsInSources();
const translated = (Object.keys(languages) as Language[]).filter((language) => language !== 'en');
const complete = translated.filter((language) => factsOf(language).draft === undefined);
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const blank = (text: string): string => text.replace(/\{\w+\}/g, '{}');

/** Where every text is said to people: why a call to a building block is refused, or gets no answer. */
const spoken = ['mocks/information-mediator/lawful-basis.ts', 'mocks/kit/fault-effects.ts'];
/** Where the details are: why what somebody does in the console is refused. */
const met = [
  'orchestrator/runtime/run-operations.ts',
  'orchestrator/runtime/run-again/run-again.ts',
  'orchestrator/tasks/human-tasks.ts',
  'orchestrator/tasks/may-complete.ts',
  'orchestrator/workspaces/advance-clock.ts',
  'orchestrator/workspaces/clock-control.ts',
  'orchestrator/workspaces/snapshots.ts',
];
const kinds: readonly StandardError[] = [
  'configuration',
  'validation',
  'expression',
  'authentication',
  'authorization',
  'timeout',
  'communication',
  'runtime',
];

const whole = new Set(sources.map(({ text }) => text));
const patterns = [...whole]
  .filter((text) => text.replaceAll('{}', '').length >= 10)
  .map((text) => {
    const parts = text.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return { text, fits: text.includes('{}') ? new RegExp(`^${parts.join('.*')}$`, 's') : undefined };
  });

/** Whether this stands in the sources: by itself, at the end of something, or with more of it put in by the code. */
function stands(english: string): boolean {
  const wanted = blank(english);
  if (whole.has(wanted) || whole.has(`${wanted}.`)) return true;
  return patterns.some(({ text, fits }) => wanted.endsWith(text) || fits?.test(english) === true);
}

describe('what the server says', () => {
  const tell = tellerOf({
    '{service} did not answer {operation}: {why}': '{operation} : pas de réponse de {service}, {why}',
    '{block} does not answer (fault {fault})': '{block} est en panne ({fault})',
    'The call failed': 'L’appel a échoué',
    'Nobody came': 'Personne n’est venu',
    '{who} came': '{who} est venu',
  });

  it('is told in the reader’s language, with what was put into it', () => {
    expect(tell('The call failed')).toBe('L’appel a échoué');
    expect(
      tell('payments did not answer pay: payments does not answer (fault f-1)')?.replace(
        /[\u2068\u2069]/g,
        '',
      ),
    ).toBe('pay : pas de réponse de payments, payments est en panne (f-1)');
  });
  it('keeps the direction of what is put in', () =>
    expect(tell('Ana came')).toBe('\u2068Ana\u2069 est venu'));
  it('is told by the sentence that fits best', () => expect(tell('Nobody came')).toBe('Personne n’est venu'));
  it('is known with a full stop and without', () =>
    expect(tell('Nobody came.')).toBe('Personne n’est venu.'));
  it('stays as it is where nobody translated it', () => expect(tell('toString')).toBeUndefined());
});

describe('the words of the server', () => {
  it('are said by the server', () =>
    expect(Object.keys(read('fr')).filter((english) => !stands(english))).toEqual([]));
});

describe.each(complete)('the words of the server in %s', (language) => {
  const words = read(language);

  it('have what each magic value does', () => {
    const said = sources
      .filter(({ file, member }) => file.startsWith('mocks/') && member === 'explanation')
      .map(({ text }) => text.replace(/\.$/, ''));
    expect(said.length).toBeGreaterThan(20);
    expect(said.filter((one) => !Object.hasOwn(words, one))).toEqual([]);
  });
  it('have each cause that somebody meets in the console', () => {
    const known = new Set(Object.keys(words).map(blank));
    const said = sources.filter(
      ({ file, member, text }) =>
        (met.includes(file) && member === 'detail') || (spoken.includes(file) && /\w \w/.test(text)),
    );
    expect(said.length).toBeGreaterThan(15);
    expect(said.filter(({ text }) => !known.has(text))).toEqual([]);
  });
});

describe.each(translated)('the words of the server in %s', (language) => {
  const words = read(language);

  it('have each problem of the catalogue, with what to do', () => {
    const said = Object.values(problems).flatMap(({ title, fix }) => [title, fix]);
    expect(said.filter((one) => !Object.hasOwn(words, one))).toEqual([]);
  });
  it('have each kind of error that a workflow meets', () => {
    const titles = kinds.map((kind) => standardError(kind, '/', '').error.title);
    expect(titles.filter((one) => !Object.hasOwn(words, one))).toEqual([]);
  });
  it('are those of the other languages, or, in a draft, some of them', () => {
    const known = Object.keys(read('fr'));
    expect(Object.keys(words).filter((english) => !known.includes(english))).toEqual([]);
    if (complete.includes(language)) expect(Object.keys(words)).toHaveLength(known.length);
  });
  it('are translated, with what is put into them', () => {
    for (const [english, text] of Object.entries(words)) {
      expect(text).not.toBe(english);
      expect([english, placeholders(text)]).toEqual([english, placeholders(english)]);
    }
  });
});

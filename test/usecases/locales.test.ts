import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Json, JsonObject } from '../../contracts/json.js';
import { isJsonObject } from '../../contracts/json.js';
import { useCaseSchema } from '../../contracts/use-case.js';
import { fieldsOf, type Field } from '../../console/src/model/form-fields.js';
import { formTexts } from '../../console/src/model/form-texts.js';
import { tasksOf } from '../../orchestrator/definition/lint/walk.js';

const folder = fileURLToPath(new URL('../../usecases/', import.meta.url));
const read = (path: string): JsonObject => parse(readFileSync(path, 'utf8')) as JsonObject;
const locale = (language: string, useCase = 'usct'): JsonObject =>
  read(`${folder}${useCase}/locales/${language}.yaml`);
const manifest = useCaseSchema.parse(read(`${folder}usct/use-case.yaml`));
const drafts = manifest.drafts ?? [];
const checked = manifest.locales.filter((language) => language !== 'en' && !drafts.includes(language));
const shared = readdirSync(`${folder}shared`).filter((part) => !part.endsWith('.md'));
const ofPart = (part: string, language: string): JsonObject => {
  const path = `${folder}shared/${part}/locales/${language}.yaml`;
  return existsSync(path) ? read(path) : {};
};
const leaves = (node: unknown, path = ''): readonly (readonly [string, string])[] =>
  typeof node === 'string'
    ? [[path, node]]
    : isJsonObject(node)
      ? Object.entries(node).flatMap(([name, member]) =>
          leaves(member, path === '' ? name : `${path}.${name}`),
        )
      : [];
/** Its own forms, and those of the parts that use cases share. */
const forms = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /^(usct|shared\/[^/]+)\/forms\/[^/]+\.yaml$/.test(name))
  .map((name) => join(folder, name));
const inOrder = (fields: readonly Field[]): readonly Field[] =>
  fields.flatMap((field) => [
    field,
    ...(field.type === 'group' || field.type === 'rows' ? inOrder(field.fields) : []),
  ]);

/** Words that are rightly the same in both languages. */
const sameInBoth: Readonly<Record<string, readonly string[]>> = {
  fr: ['Score', 'Source', 'Population', 'Total', 'Cycle', 'Note', 'Radio', 'Age'],
  es: ['Total', 'Radio'],
  pt: ['Total'],
};
/** How much of a draft must be there; the rest shows in English. */
const DRAFTED = 0.9;

/** Its own texts, and those of the parts that use cases share, by their places. */
const textsIn = (language: string): ReadonlyMap<string, string> =>
  new Map([
    ...leaves(locale(language)),
    ...shared.flatMap((part) => leaves(ofPart(part, language), `shared/${part}`)),
  ]);
const english = textsIn('en');

const namesIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

const textAt = (value: Json, member: string): string => {
  const found = isJsonObject(value) ? value[member] : undefined;
  return typeof found === 'string' ? found : '';
};

/** The names of tasks that have no sentence, and of the ways out of choices. */
function drawnIn(workflow: JsonObject): readonly string[] {
  return [...tasksOf(workflow)].flatMap(({ name, task }) => {
    const sandbox = (task['metadata'] as JsonObject | undefined)?.['sandbox'] as JsonObject | undefined;
    const ways = (task['switch'] ?? []) as readonly JsonObject[];
    return [
      ...(sandbox?.['narration'] === undefined ? [name] : []),
      ...ways.flatMap((way) => Object.keys(way)),
    ];
  });
}

/** What goes to the phones of people: it stands in the workflows, in each language. */
const messages = readdirSync(`${folder}usct/workflows`).flatMap((name) =>
  messagesIn(read(`${folder}usct/workflows/${name}`)),
);
function messagesIn(node: unknown): readonly Readonly<Record<string, string>>[] {
  if (Array.isArray(node)) return node.flatMap(messagesIn);
  if (!isJsonObject(node)) return [];
  if (typeof node['en'] === 'string') return [node as Record<string, string>];
  return Object.values(node).flatMap(messagesIn);
}

describe('the messages of the cash transfer', () => {
  it('are there', () => expect(messages.length).toBeGreaterThan(7));

  it.each([...checked, ...drafts])('are translated into %s, with the same placeholders', (language) => {
    for (const message of messages) {
      const text = message[language];
      if (text === undefined && drafts.includes(language)) continue;
      expect(text).not.toBe(message['en']);
      expect([message['en'], namesIn(text ?? '')]).toEqual([message['en'], namesIn(message['en']!)]);
    }
  });

  it('speak no language that the use case does not name', () => {
    const spoken = new Set(messages.flatMap((message) => Object.keys(message)));
    expect([...spoken].filter((language) => !manifest.locales.includes(language))).toEqual([]);
  });
});

describe.each([...checked, ...drafts])('the texts of the cash transfer in %s', (language) => {
  const translated = textsIn(language);

  it('are translated', () => {
    const same = [...english].filter(
      ([path, text]) => translated.get(path) === text && !(sameInBoth[language] ?? []).includes(text),
    );
    expect(same).toEqual([]);
  });

  it('keep the placeholders', () => {
    for (const [path, text] of translated)
      expect([path, namesIn(text)]).toEqual([path, namesIn(english.get(path) ?? '')]);
  });
});

const both = ['usct', 'hltc-1'].flatMap((useCase) =>
  ['fr', 'ar'].map((language) => [useCase, language] as const),
);

describe.each(both)('the pages about %s in %s', (useCase, language) => {
  const translated = new Map(leaves(locale(language, useCase)));
  const lacking = (wanted: readonly string[]): readonly string[] =>
    wanted.filter((path) => !translated.has(path));
  const files = (kind: string): readonly JsonObject[] =>
    readdirSync(`${folder}${useCase}/${kind}`).map((name) => read(`${folder}${useCase}/${kind}/${name}`));
  const { actors, services } = useCaseSchema.parse(read(`${folder}${useCase}/use-case.yaml`));

  it('name each scenario and each workflow', () => {
    const scenarios = files('scenarios').map((scenario) => `scenarios.${textAt(scenario, 'name')}`);
    const workflows = files('workflows').map(
      (workflow) => `workflows.${textAt(workflow['document'] ?? null, 'name')}`,
    );
    expect(scenarios.length).toBeGreaterThan(20);
    expect(lacking([...scenarios, ...workflows])).toEqual([]);
  });

  it('name each step and each way that the picture of a workflow shows without a sentence', () => {
    const shown = [...new Set(files('workflows').flatMap(drawnIn))];
    expect(shown).toContain('otherwise');
    expect(shown).toContain('whetherIdentified');
    expect(lacking(shown.map((name) => `names.${name}`))).toEqual([]);
  });

  it('lack nothing that there is in English, and say nothing in English', () => {
    const english = leaves(locale('en', useCase));
    expect(lacking(english.map(([path]) => path))).toEqual([]);
    const same = english.filter(([path, text]) => translated.get(path) === text);
    expect(same.filter(([, text]) => !(sameInBoth[language] ?? []).includes(text))).toEqual([]);
  });

  it('tell of each actor, and of each law by which data is asked for', () => {
    const stories = actors.map(({ id }) => `actorStories.${id}`);
    const laws = Object.values(services).flatMap(({ access }) =>
      access.flatMap(({ basis }) => (basis.kind === 'public-task' ? [`phrases.${basis.reference}`] : [])),
    );
    expect(laws.length).toBeGreaterThan(5);
    expect(lacking([...stories, ...laws])).toEqual([]);
  });
});

describe.each(both)('the people of %s in %s', (useCase, language) => {
  const translated = new Map(leaves(locale(language, useCase)));

  it('tell of each persona, in the words of the people file where it is English', () => {
    const { personas } = read(`${folder}${useCase}/personas.yaml`) as {
      personas: readonly { id: string; title: string; story: string }[];
    };
    const said = personas.map(({ id, title, story }) => [id, { title, story }]);
    expect(locale('en', useCase)['personas']).toEqual(Object.fromEntries(said));
    for (const { id } of personas) {
      expect(translated.has(`personas.${id}.title`)).toBe(true);
      expect(translated.has(`personas.${id}.story`)).toBe(true);
    }
  });
});

describe.each(checked)('the texts of the cash transfer in %s', (language) => {
  it('lack nothing that there is in English', () => {
    const translated = textsIn(language);
    expect([...english.keys()].filter((path) => !translated.has(path))).toEqual([]);
  });

  it.each(forms)('have every word of the form %s', (path) => {
    const form = basename(path, '.yaml');
    const schema = read(path);
    const texts = formTexts({ en: locale('en'), [language]: locale(language) }, language, form);
    const fields = inOrder(fieldsOf(schema)).filter(({ type }) => type !== 'fixed');
    const described = schema['description'];
    const said = [
      texts.description(typeof described === 'string' ? described : undefined),
      ...fields.flatMap((field) => [texts.title(field), texts.hint(field)]),
      ...fields.flatMap((field) =>
        field.type === 'choice' || field.type === 'several'
          ? field.options.map((option) => texts.option(field, option))
          : [],
      ),
    ].filter((one) => one !== undefined);
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter(({ lang }) => lang !== language)).toEqual([]);
  });
});

describe.each(drafts)('the draft of the texts of the cash transfer in %s', (language) => {
  // Words of forms stand in English in the forms themselves: a checked language knows them all.
  const wanted = textsIn(checked[0]!);
  const translated = textsIn(language);

  it('has nothing that the checked languages lack, and little less', () => {
    expect([...translated.keys()].filter((path) => !wanted.has(path))).toEqual([]);
    expect(translated.size).toBeGreaterThan(wanted.size * DRAFTED);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { JsonObject } from '../../contracts/json.js';
import { isJsonObject } from '../../contracts/json.js';
import { fieldsOf, type Field } from '../../console/src/model/form-fields.js';
import { formTexts } from '../../console/src/model/form-texts.js';

const folder = fileURLToPath(new URL('../../usecases/', import.meta.url));
const read = (path: string): JsonObject => parse(readFileSync(path, 'utf8')) as JsonObject;
const locale = (language: string): JsonObject => read(`${folder}usct/locales/${language}.yaml`);
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
  fr: ['Score', 'Total', 'Cycle', 'Note', 'Radio', 'Age'],
  ar: [],
};

describe.each(['fr', 'ar'])('the texts of the cash transfer in %s', (language) => {
  const english = leaves(locale('en'));
  const translated = new Map(leaves(locale(language)));

  it('lack nothing that there is in English', () => {
    expect(english.map(([path]) => path).filter((path) => !translated.has(path))).toEqual([]);
  });

  it('are translated', () => {
    const same = english.filter(
      ([path, text]) => translated.get(path) === text && !sameInBoth[language]!.includes(text),
    );
    expect(same).toEqual([]);
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

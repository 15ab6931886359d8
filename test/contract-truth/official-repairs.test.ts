import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse, parseDocument } from 'yaml';
import { brokenExamples, officialRepairs, type Defect } from '../../app/docs/contradictions/repairs.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { referenceFile } from '../compliance/official-documents.js';
import { brokenExamplesOf } from './official-examples.js';
import { hasOfficial, readOfficial } from './read-official.js';

/** Whether a document's text has the defect still. */
const has: Readonly<Record<Defect, (text: string) => boolean>> = {
  'duplicate keys': (text) => parseDocument(text).errors.some(({ code }) => code === 'DUPLICATE_KEY'),
  'missing references': (text) => {
    const document = parse(text) as JsonObject;
    return references(document).some((reference) => !leadsSomewhere(document, reference));
  },
  'query in a path': (text) => Object.keys(pathsOf(text)).some((path) => path.includes('?')),
  'unknown format': (text) => /"format"\s*:\s*"url"/.test(text),
  'empty address': (text) => {
    const { servers } = parse(text) as { servers?: readonly { url: unknown }[] };
    return servers?.some(({ url }) => typeof url !== 'string') ?? false;
  },
};

const cases = officialRepairs.flatMap(({ defect, documents }) =>
  documents.map((document): [Defect, string] => [defect, document]),
);

(hasOfficial ? describe : describe.skip)('a defect of an official document', () => {
  it.each(cases)('is there still: %s in %s', (defect, document) => {
    const file = referenceFile(`openapi/${document}`);
    expect(file).toBeDefined();
    expect(has[defect](readFileSync(file ?? '', 'utf8'))).toBe(true);
  });
});

(hasOfficial ? describe : describe.skip)('examples of official documents', () => {
  it('fit their schemas, but for those that are listed', () => {
    const found = readOfficial().flatMap((document) =>
      brokenExamplesOf(document).map((example) => `${document.place} ${example}`),
    );
    const listed = brokenExamples.flatMap(({ document, examples }) =>
      examples.map((example) => `${document} ${example}`),
    );
    expect([...new Set(found)].sort()).toEqual([...listed].sort());
  });
});

function pathsOf(text: string): JsonObject {
  const { paths } = parse(text, { uniqueKeys: false }) as JsonObject;
  return isJsonObject(paths) ? paths : {};
}

function references(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(references);
  if (!isJsonObject(value)) return [];
  const own = typeof value['$ref'] === 'string' ? [value['$ref']] : [];
  return [...own, ...Object.values(value).flatMap(references)];
}

function leadsSomewhere(document: JsonObject, reference: string): boolean {
  let at: Json | undefined = document;
  for (const part of reference.replace(/^#\//, '').split('/')) at = isJsonObject(at) ? at[part] : undefined;
  return at !== undefined;
}

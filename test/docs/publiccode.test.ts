import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

/** What version 0.4 of the standard asks for, as far as this file uses it; nothing else may stand in it. */
const described = z.strictObject({
  shortDescription: z.string().min(1).max(150),
  longDescription: z.string().min(150).max(10_000),
  features: z.array(z.string().min(1).max(100)).min(1),
});
const publiccode = z.strictObject({
  publiccodeYmlVersion: z.literal('0.4'),
  name: z.string().min(1),
  url: z.url(),
  softwareVersion: z.string(),
  releaseDate: z.iso.date(),
  platforms: z.array(z.enum(['web', 'windows', 'mac', 'linux', 'ios', 'android'])).min(1),
  categories: z.array(z.enum(['workflow-management', 'it-development', 'knowledge-management'])).min(1),
  developmentStatus: z.enum(['concept', 'development', 'beta', 'stable', 'obsolete']),
  softwareType: z.enum(['standalone/web', 'standalone/other', 'library', 'addon', 'configurationFiles']),
  intendedAudience: z.strictObject({ scope: z.array(z.enum(['government', 'welfare', 'society'])) }),
  description: z.record(z.string().regex(/^[a-z]{2}$/), described),
  legal: z.strictObject({ license: z.string() }),
  maintenance: z.strictObject({
    type: z.enum(['internal', 'community']),
    contacts: z.array(z.strictObject({ name: z.string().min(1) })).min(1),
  }),
  localisation: z.strictObject({
    localisationReady: z.boolean(),
    availableLanguages: z.array(z.string()).min(1),
  }),
});

describe('publiccode.yml', () => {
  const file = publiccode.parse(parse(read('publiccode.yml')));
  const project = z
    .object({ version: z.string(), license: z.string() })
    .parse(JSON.parse(read('package.json')));

  it('names the version and the licence of package.json', () => {
    expect([file.softwareVersion, file.legal.license]).toEqual([project.version, project.license]);
  });

  it('names the languages of the console', () => {
    const languages = readdirSync(resolve(root, 'console/locales'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.replace('.json', ''));
    expect([...file.localisation.availableLanguages].sort()).toEqual(languages.sort());
  });
});

describe('the page on the Digital Public Goods Standard', () => {
  const page = read('docs/reference/digital-public-good.md');
  const sections = page.split(/^## /m).slice(1);

  it('answers each of the nine indicators with a verdict and evidence in this repository', () => {
    const numbered = sections.filter((section) => /^\d/.test(section));
    expect(numbered.map((section) => section[0])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    for (const section of numbered) {
      expect(section).toMatch(/\*\*(?:Met|Partly met|Not met)\.\*\*/);
      expect(section).toMatch(/\]\(\.\.?\//);
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import { readCountries } from '../../app/read-countries.js';
import { loadUseCases, projectUseCases } from '../../app/read-use-cases.js';
import { DEFAULT_COUNTRY } from '../../contracts/country.js';
import { isJsonObject } from '../../contracts/json.js';
import { isCurrency } from '../../mocks/kit/money.js';
import { useCaseInCountry } from '../../orchestrator/definition/country/use-case-in-country.js';
import { createWording } from '../../orchestrator/definition/country/wording.js';
import { contrast } from './contrast.js';
import { homeWords, namesIn, wordsLeft } from './home-words.js';

const useCases = await loadUseCases();
const [home, ...others] = await readCountries(projectUseCases());
if (home === undefined) throw new Error('There is no default country');

describe('the country packs', () => {
  it('are the default one, and at least one other', () => {
    expect(home.id).toBe(DEFAULT_COUNTRY);
    expect(others.length).toBeGreaterThan(0);
  });

  it.each([home, ...others])(
    '$id has a currency that there is and titles in the complete languages',
    (one) => {
      expect(isCurrency(one.currency)).toBe(true);
      expect(Object.keys(one.title)).toEqual(expect.arrayContaining(['en', 'fr', 'ar']));
    },
  );

  it.each(others)('$id names every person of the use cases otherwise, each in a way of their own', (one) => {
    const exchanged = { ...one.names, ...one.exactNames };
    const names = namesIn(useCases);
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => exchanged[name] === undefined)).toEqual([]);
    const said = names.map((name) => exchanged[name] ?? '');
    expect(said.filter((name) => names.includes(name))).toEqual([]);
    expect(new Set(said).size).toBe(said.length);
  });

  it.each(others)('$id has a label in the complete languages for each region', (one) => {
    const regions = useCases.flatMap(({ forms }) => enumsOf(forms['application'], 'region'));
    expect(regions.length).toBeGreaterThan(0);
    for (const region of regions)
      expect(Object.keys(one.regions[region] ?? {})).toEqual(expect.arrayContaining(['en', 'fr', 'ar']));
  });

  it.each(others)('$id leaves no word of the default country in any text or datum of a use case', (one) => {
    const wording = createWording(one, home);
    const words = homeWords(useCases, [home, one]);
    for (const useCase of useCases) {
      const said = useCaseInCountry(useCase, wording, one);
      const text = JSON.stringify([{ ...said, readme: '' }, said.seeds()]);
      expect(wordsLeft(text, words, home)).toEqual([]);
      expect(said.manifest.id).toBe(useCase.manifest.id);
      expect(said.personas.map(({ id }) => id)).toEqual(useCase.personas.map(({ id }) => id));
    }
    // The check itself finds them where they are.
    expect(wordsLeft(JSON.stringify(useCases), words, home).length).toBeGreaterThan(80);
  });

  it.each(others)('$id has colours that can be read', ({ colours }) => {
    const grounds = { light: ['#ffffff', '#f4f6f8', '#eef1f4'], dark: ['#18212a', '#0f151b', '#202b36'] };
    for (const scheme of ['light', 'dark'] as const) {
      const palette = colours?.[scheme];
      if (palette === undefined) continue;
      for (const text of [palette.accent, palette['accent-strong']])
        for (const ground of [...grounds[scheme], palette['accent-soft']])
          expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(palette['on-accent'], palette.accent)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

/** The values that a property of this name may have, wherever in the schema it stands. */
function enumsOf(schema: unknown, name: string): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap((one) => enumsOf(one, name));
  if (!isJsonObject(schema)) return [];
  return Object.entries(schema).flatMap(([key, part]) =>
    key === name && isJsonObject(part) && Array.isArray(part['enum'])
      ? part['enum'].map(String)
      : enumsOf(part, name),
  );
}

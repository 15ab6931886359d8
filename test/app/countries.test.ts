import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCountries } from '../../app/countries.js';
import { readCountries } from '../../app/read-countries.js';
import { loadUseCases, projectUseCases } from '../../app/read-use-cases.js';
import { workspaceIdSchema } from '../../contracts/ids.js';

const useCases = await loadUseCases();
const inLakes = workspaceIdSchema.parse('lakes');
const atHome = workspaceIdSchema.parse('home');
const lost = workspaceIdSchema.parse('lost');
const countries = createCountries({
  folder: projectUseCases(),
  catalog: { useCases },
  workspaces: {
    find: (id) =>
      Promise.resolve({ [inLakes]: { country: 'lakes' }, [lost]: { country: 'no-longer-there' } }[id]),
  },
});

describe('what a workspace sees of the use cases', () => {
  it('is the very same objects in the default country, and where the pack is gone', async () => {
    const [document] = useCases[0]?.workflows ?? [];
    for (const workspace of [atHome, lost]) {
      expect(await countries.useCases(workspace)).toBe(useCases);
      expect(await countries.said(workspace, document)).toBe(document);
    }
  });

  it('is put into the words of another country once', async () => {
    const once = await countries.useCase(inLakes, 'usct');
    expect(once.personas.map(({ name }) => name)).toContain('Awa Ndoye');
    expect(await countries.useCase(inLakes, 'usct')).toBe(once);
    const [written] = useCases.find(({ manifest }) => manifest.id === 'usct')?.workflows ?? [];
    expect(once.workflows[0]).toBe(await countries.said(inLakes, written));
  });

  it('is nothing for a use case or a country that there is not', async () => {
    await expect(countries.useCase(inLakes, 'none')).rejects.toMatchObject({ code: 'GSB-REQ-002' });
    await expect(countries.find('none')).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      detail: 'country: there is no country "none"; there are default, lakes.',
    });
  });
});

describe('the packs in a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countries-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const pack = (id: string, currency = 'EUR'): string =>
    `id: ${id}\ntitle: { en: There }\ncurrency: ${currency}\nlocale: en\nphonePrefix: '+999'\n`;
  const write = async (id: string, text: string): Promise<void> => {
    await mkdir(join(folder, 'countries', id), { recursive: true });
    await writeFile(join(folder, 'countries', id, 'country.yaml'), text);
  };

  it('are those of the project where there are none', async () => {
    expect((await readCountries(folder)).map(({ id }) => id)).toEqual(['default', 'lakes']);
  });

  it('must have a default one, which comes first', async () => {
    await write('away', pack('away'));
    await expect(readCountries(folder)).rejects.toMatchObject({
      code: 'GSB-DEF-003',
      detail: 'countries/default/country.yaml is missing',
    });
    await write('default', pack('default'));
    expect((await readCountries(folder)).map(({ id }) => id)).toEqual(['default', 'away']);
  });

  it.each([
    ['another name than its folder', pack('elsewhere'), /id is "elsewhere", not "away"/],
    ['no such currency code', pack('away', 'euro'), /ISO 4217[^]*currency/],
    ['a field that nobody knows', `${pack('away')}colors: {}\n`, /colors/],
    ['broken YAML', 'id: [', /country\.yaml:1/],
  ])('are refused with the place: %s', async (_what, text, said) => {
    await write('away', text);
    await expect(readCountries(folder)).rejects.toMatchObject({
      code: 'GSB-DEF-003',
      detail: expect.stringMatching(said),
    });
  });
});

import { join } from 'node:path';
import { z } from 'zod';
import { COUNTRIES, countrySchema, DEFAULT_COUNTRY, type Country } from '../contracts/country.js';
import { SandboxError } from '../contracts/problems.js';
import { readSource } from '../orchestrator/definition/source/read-source.js';
import { projectUseCases, readTreeIfThere } from './read-use-cases.js';

/**
 * The country packs that lie beside use cases, in `countries/<id>/country.yaml`; those of this project where there is no
 * such folder. The default country is the first. GSB-DEF-003 when one is not as it must be, or the default one is missing.
 */
export async function readCountries(folder: string): Promise<readonly Country[]> {
  const files =
    (await readTreeIfThere(join(folder, COUNTRIES))) ??
    (await readTreeIfThere(join(projectUseCases(), COUNTRIES))) ??
    new Map<string, string>();
  const countries = [...files].flatMap(([path, text]) => {
    const [, id] = /^([^/]+)\/country\.yaml$/.exec(path) ?? [];
    return id === undefined ? [] : [countryOf(id, text)];
  });
  const home = countries.find(({ id }) => id === DEFAULT_COUNTRY);
  if (home === undefined)
    throw new SandboxError('GSB-DEF-003', {
      detail: `${COUNTRIES}/${DEFAULT_COUNTRY}/country.yaml is missing`,
    });
  return [home, ...countries.filter((country) => country !== home)];
}

function countryOf(id: string, text: string): Country {
  const place = `${COUNTRIES}/${id}/country.yaml`;
  const { value, report } = readSource(text, place);
  const parsed = countrySchema.safeParse(value);
  const [first] = report.diagnostics();
  if (report.failed() && first !== undefined)
    throw new SandboxError('GSB-DEF-003', { detail: `${place}:${first.line}: ${first.what}` });
  if (!parsed.success)
    throw new SandboxError('GSB-DEF-003', { detail: `${place}: ${z.prettifyError(parsed.error)}` });
  if (parsed.data.id !== id)
    throw new SandboxError('GSB-DEF-003', { detail: `${place}: id is "${parsed.data.id}", not "${id}"` });
  return parsed.data;
}

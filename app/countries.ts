import { DEFAULT_COUNTRY, type Country, type CountryView } from '../contracts/country.js';
import type { WorkspaceId } from '../contracts/ids.js';
import { SandboxError } from '../contracts/problems.js';
import { useCaseInCountry } from '../orchestrator/definition/country/use-case-in-country.js';
import { createWording, type Wording } from '../orchestrator/definition/country/wording.js';
import type { UseCase } from '../orchestrator/definition/load-use-case.js';
import { readCountries } from './read-countries.js';

/** What each workspace sees of the use cases: all of them, as the country of the workspace says it. */
export interface Countries {
  readonly list: () => Promise<readonly Country[]>;
  /** GSB-REQ-001 for one that there is not. */
  readonly find: (id: string) => Promise<Country>;
  /** The id of the country that a workspace is in. */
  readonly of: (workspace: WorkspaceId) => Promise<string>;
  readonly useCases: (workspace: WorkspaceId) => Promise<readonly UseCase[]>;
  /** GSB-REQ-002 for one that there is not. */
  readonly useCase: (workspace: WorkspaceId, id: string) => Promise<UseCase>;
  /** Anything else that was written for the default country, such as a workflow document. */
  readonly said: <T>(workspace: WorkspaceId, written: T) => Promise<T>;
}

export interface CountriesDeps {
  /** The folder of the use cases, in which the packs lie: read once, when somebody first asks for another country. */
  readonly folder: string;
  /** As they are loaded now, in the words of the default country. */
  readonly catalog: { readonly useCases: readonly UseCase[] };
  readonly workspaces: { find(id: WorkspaceId): Promise<{ readonly country: string } | undefined> };
}

interface Spoken {
  readonly country: Country;
  readonly wording: Wording;
  readonly useCases: WeakMap<UseCase, UseCase>;
}

export function createCountries(deps: CountriesDeps): Countries {
  let packs: Promise<readonly Country[]> | undefined;
  const list: Countries['list'] = () => {
    packs ??= readCountries(deps.folder).catch((error: unknown) => {
      packs = undefined;
      throw error;
    });
    return packs;
  };
  const spoken = new Map<string, Spoken>();

  const find: Countries['find'] = async (id) => {
    const countries = await list();
    const found = countries.find((country) => country.id === id);
    if (found !== undefined) return found;
    const ids = countries.map((country) => country.id).join(', ');
    throw new SandboxError('GSB-REQ-001', {
      detail: `country: there is no country "${id}"; there are ${ids}.`,
    });
  };
  const of: Countries['of'] = async (workspace) =>
    (await deps.workspaces.find(workspace))?.country ?? DEFAULT_COUNTRY;

  /** Undefined for the default country, and for one whose pack is gone: nothing is exchanged then. */
  async function spokenIn(workspace: WorkspaceId): Promise<Spoken | undefined> {
    const id = await of(workspace);
    if (id === DEFAULT_COUNTRY) return undefined;
    const known = spoken.get(id);
    if (known !== undefined) return known;
    const countries = await list();
    const [home] = countries;
    const country = countries.find((one) => one.id === id);
    if (home === undefined || country === undefined) return undefined;
    const fresh = { country, wording: createWording(country, home), useCases: new WeakMap() };
    spoken.set(id, fresh);
    return fresh;
  }

  const useCases: Countries['useCases'] = async (workspace) => {
    const loaded = deps.catalog.useCases;
    const there = await spokenIn(workspace);
    if (there === undefined) return loaded;
    return loaded.map((useCase) => {
      const said = there.useCases.get(useCase) ?? useCaseInCountry(useCase, there.wording, there.country);
      there.useCases.set(useCase, said);
      return said;
    });
  };
  return {
    list,
    find,
    of,
    useCases,
    useCase: async (workspace, id) => {
      const found = (await useCases(workspace)).find(({ manifest }) => manifest.id === id);
      if (found === undefined)
        throw new SandboxError('GSB-REQ-002', { detail: `There is no use case "${id}".` });
      return found;
    },
    said: async (workspace, written) => (await spokenIn(workspace))?.wording.of(written) ?? written,
  };
}

export function viewOfCountry(country: Country): CountryView {
  const { id, title, currency, locale, phonePrefix, colours } = country;
  return { id, title, currency, locale, phonePrefix, ...(colours === undefined ? {} : { colours }) };
}

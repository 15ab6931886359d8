import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { didYouMean } from '../../contracts/near-misses.js';
import { SandboxError } from '../../contracts/problems.js';
import type { OperationContext } from '../kit/block-definition.js';
import { registryId, type Registry } from './registry.js';
import type { RegistriesState } from './state.js';

type Context = OperationContext<RegistriesState>;

/** The registry that the path names. Raises GSB-REQ-002 when there is none. */
export async function registryOf({ path, state }: Context): Promise<Registry> {
  const { registryName = '', versionNumber = '' } = path;
  const found = await state.registries.get(registryId(registryName, versionNumber));
  if (!found) throw await unknownRegistry(state, registryName, versionNumber);
  return found.doc;
}

/** The newest version of the registry that the path names. Raises GSB-REQ-002 when there is none. */
export async function newestRegistryOf({ path, state }: Context): Promise<Registry> {
  return newestNamed(state, path.registryName ?? '');
}

/** Raises GSB-REQ-002 when there is none of this name. */
export async function newestNamed(state: RegistriesState, name: string): Promise<Registry> {
  const newest = await newestVersion(state, name);
  if (!newest) throw await unknownRegistry(state, name);
  return newest;
}

export async function newestVersion(state: RegistriesState, name: string): Promise<Registry | undefined> {
  const versions = (await state.registries.find({ idPrefix: registryId(name, '') })).map(({ doc }) => doc);
  return versions.sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true })).at(-1);
}

async function unknownRegistry(
  state: RegistriesState,
  name: string,
  version?: string,
): Promise<SandboxError> {
  const known = (await state.registries.find({ limit: 50 })).map(({ doc }) => doc);
  const ids = known.map(({ _id }) => _id);
  const wanted = version === undefined ? name : registryId(name, version);
  const names = version === undefined ? known.map((registry) => registry.name) : ids;
  const near = didYouMean(wanted, [...new Set(names)], 1);
  return new SandboxError('GSB-REQ-002', {
    detail: `there is no registry ${wanted}${near}${near === '' ? ';' : ''} there are: ${ids.join(', ') || 'none'}`,
  });
}

/** `query.content`; undefined when the request has no query. Its presence was checked against the contract. */
export function queryContent(body: Json | undefined): JsonObject | undefined {
  return contentAt(body, 'query');
}

export function writtenContent(body: Json | undefined): JsonObject {
  return contentAt(body, 'write') ?? {};
}

function contentAt(body: Json | undefined, part: 'query' | 'write'): JsonObject | undefined {
  const holder = isJsonObject(body) ? body[part] : undefined;
  const content = isJsonObject(holder) ? holder.content : undefined;
  return isJsonObject(content) ? content : undefined;
}

export function queryText(query: Context['query'], name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' ? value : value?.[0];
}

export const WRITTEN = '/body/write/content';

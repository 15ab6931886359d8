import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { BlockId } from '../../contracts/block.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { SkipCheck } from './skip-check.js';

/** Values that the candidate knows: names of registries, identifiers of people, tokens. */
export interface Fixtures {
  /** Skips the check when there is none. */
  text(name: string): string;
  value(name: string): Json;
  has(name: string): boolean;
}

/**
 * The values that fit the seeds of our own mocks, with others laid over them; `null` there takes one away. Raises
 * GSB-REQ-001 when these name something that no check asks for. `where` says where they come from.
 */
export async function readFixtures(
  block: BlockId,
  over: JsonObject = {},
  where = 'the fixtures',
): Promise<Fixtures> {
  const own = parse(
    await readFile(new URL(`./fixtures/${block}.yaml`, import.meta.url), 'utf8'),
  ) as JsonObject;
  const unknown = Object.keys(over).filter((name) => !(name in own));
  if (unknown.length > 0)
    throw new SandboxError('GSB-REQ-001', {
      detail: `${where}: no check asks for ${unknown.join(', ')}; there are: ${Object.keys(own).join(', ')}`,
    });
  return createFixtures({ ...own, ...over });
}

function createFixtures(values: JsonObject): Fixtures {
  const value = (name: string): Json => {
    const found = values[name];
    if (found === undefined || found === null)
      throw new SkipCheck('no-fixture', `the fixtures name no ${name}`);
    return found;
  };
  return {
    value,
    text: (name) => {
      const found = value(name);
      return typeof found === 'string' ? found : JSON.stringify(found);
    },
    has: (name) => values[name] !== undefined && values[name] !== null,
  };
}

/** Raises GSB-REQ-001 when the file cannot be read or holds no mapping. */
export async function readFixtureFile(file: string): Promise<JsonObject> {
  try {
    const read: unknown = parse(await readFile(file, 'utf8')) ?? {};
    if (isJsonObject(read)) return read;
    throw new Error('it must be a mapping');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SandboxError('GSB-REQ-001', { detail: `${file}: ${why}`, cause: error });
  }
}

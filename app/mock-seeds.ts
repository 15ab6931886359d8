import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { BlockId } from '../contracts/block.js';
import { isJsonObject, type JsonObject } from '../contracts/json.js';
import { SandboxError } from '../contracts/problems.js';
import { serviceDefinitionSchema, type ServiceDefinition } from '../contracts/use-case.js';
import { seedLimits } from '../orchestrator/definition/source/limits.js';
import { readSource } from '../orchestrator/definition/source/read-source.js';

/** What a block that is served alone begins with. */
export interface MockSeeds {
  /** By block and collection, as a use case's seed files have them: a block may bring what it relies on. */
  readonly seeds: JsonObject;
  /** Members and services of the mediator. */
  readonly services: readonly ServiceDefinition[];
}

export const noSeeds: MockSeeds = { seeds: {}, services: [] };

/** The names of the seeds that lie in a block's own folder (`mocks/<block>/seeds/<name>.yaml`). */
export async function mockSeedNames(block: BlockId): Promise<readonly string[]> {
  const files = await readdir(seedFolder(block)).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  return files.flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}

/**
 * Reads the named seeds of a block: collections by block, and under `information-mediator` the `services` that the
 * directory knows. Raises GSB-REQ-002 when there are none of that name, GSB-DEF-003 when the file is not valid.
 */
export async function readMockSeeds(block: BlockId, name: string): Promise<MockSeeds> {
  const names = await mockSeedNames(block);
  if (!names.includes(name)) {
    const others = names.length === 0 ? 'there are none' : `there are: ${names.join(', ')}`;
    throw new SandboxError('GSB-REQ-002', { detail: `${block} has no seeds named ${name}; ${others}` });
  }
  const place = `mocks/${block}/seeds/${name}.yaml`;
  const text = await readFile(new URL(`${name}.yaml`, seedFolder(block)), 'utf8');
  const source = readSource(text, place, seedLimits);
  const { value } = source;
  if (source.report.failed() || !isJsonObject(value))
    throw new SandboxError('GSB-DEF-003', { detail: `${place}: must be a mapping in valid YAML` });
  const { 'information-mediator': mediator, ...seeds } = value;
  return { seeds, services: servicesOf(place, isJsonObject(mediator) ? mediator['services'] : undefined) };
}

const memberPath = z.string().regex(/^[^/\s]+(\/[^/\s]+){3}$/, 'must be instance/class/member/application');

/** Official suites name members and services more freely than our use cases do. */
const serviceSchema = serviceDefinitionSchema.extend({
  provider: memberPath,
  code: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/),
  access: z.array(serviceDefinitionSchema.shape.access.element.extend({ client: memberPath })).min(1),
});

function servicesOf(place: string, services: unknown): readonly ServiceDefinition[] {
  const read = z.array(serviceSchema).optional().safeParse(services);
  if (read.success) return read.data ?? [];
  throw new SandboxError('GSB-DEF-003', {
    detail: `${place}, information-mediator.services: ${z.prettifyError(read.error)}`,
  });
}

function seedFolder(block: BlockId): URL {
  return new URL(`../mocks/${block}/seeds/`, import.meta.url);
}

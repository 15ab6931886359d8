import { readFile } from 'node:fs/promises';

import { parse } from 'yaml';

import type { Persona } from '../../../contracts/identity.js';
import { personasFileSchema } from '../../../contracts/identity.js';
import { SandboxError } from '../../../contracts/problems.js';

/** Reads a `personas.yaml`; raises GSB-DEF-003 with the file and the field that is wrong. */
export async function readPersonas(file: string): Promise<readonly Persona[]> {
  const parsed = personasFileSchema.safeParse(await readYaml(file));
  if (parsed.success) return parsed.data.personas;
  const issue = parsed.error.issues[0];
  throw new SandboxError('GSB-DEF-003', {
    detail: `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not a list of personas'}`,
  });
}

async function readYaml(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw new SandboxError('GSB-DEF-003', { detail: `${file}: ${String(cause)}`, cause });
  }
}

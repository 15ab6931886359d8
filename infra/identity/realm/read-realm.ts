import { readFile } from 'node:fs/promises';

import { SandboxError } from '../../../contracts/problems.js';
import type { RealmRepresentation } from './realm.js';
import { realmSchema } from './realm.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `infra/keycloak/realm.json` as it is, placeholders included: what Keycloak imports.
 * Raises GSB-CFG-001 naming the field that is wrong.
 */
export async function readRealm(file: string): Promise<RealmRepresentation> {
  return parseRealm(await readFile(file, 'utf8'), file);
}

/**
 * Fills `${NAME:default}` placeholders from the environment, as Keycloak does when it imports a realm at start
 * ("Using environment variables within the realm configuration files"), so that both servers read one file.
 * Names that start in lower case are Keycloak's own message keys and stay.
 */
export function resolvePlaceholders(
  realm: RealmRepresentation,
  environment: Environment,
): RealmRepresentation {
  const filled: unknown = JSON.parse(JSON.stringify(realm), (_key, value: unknown) =>
    typeof value === 'string' ? fill(value, environment) : value,
  );
  return check(filled, 'the realm');
}

const placeholder = /\$\{([A-Z][A-Z0-9_]*)(?::([^}]*))?\}/g;

function fill(text: string, environment: Environment): string {
  return text.replace(placeholder, (_whole, name: string, fallback: string | undefined) => {
    const given = environment[name];
    if (given !== undefined && given !== '') return given;
    if (fallback !== undefined) return fallback;
    throw new SandboxError('GSB-CFG-001', {
      detail: `${name} is not set, and the realm gives no default for it.`,
    });
  });
}

function parseRealm(text: string, file: string): RealmRepresentation {
  try {
    return check(JSON.parse(text), file);
  } catch (cause) {
    if (cause instanceof SandboxError) throw cause;
    throw new SandboxError('GSB-CFG-001', { detail: `${file} is not JSON: ${String(cause)}`, cause });
  }
}

function check(value: unknown, origin: string): RealmRepresentation {
  const parsed = realmSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw new SandboxError('GSB-CFG-001', {
    detail: `${origin}: ${field}: ${issue?.message ?? 'is not a realm'}`,
  });
}

import { readConfig } from '../app/config.js';
import { problems, SandboxError, type ProblemCode } from '../contracts/problems.js';
import { createAccess } from './access.js';
import { ApiRefusal, type ApiClient } from './api-client.js';

export interface RemoteOptions {
  /** Where the sandbox answers; PUBLIC_URL or PORT of this environment when absent. */
  readonly url?: string;
  readonly json?: boolean;
}

/** Asks a running sandbox as its first trainer. What it refuses keeps its code; GSB-CFG-007 when nobody answers. */
export async function asTrainer<T>(
  { url }: RemoteOptions,
  ask: (trainer: ApiClient) => Promise<T>,
): Promise<T> {
  const { publicUrl, keycloakUrl } = readConfig(process.env);
  const origin = (url ?? publicUrl).replace(/\/+$/, '');
  try {
    return await ask(createAccess({ origin, realmOrigin: keycloakUrl }).as(await trainerAt(origin)));
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    if (error instanceof ApiRefusal && error.code in problems)
      throw new SandboxError(error.code as ProblemCode, { detail: error.message, cause: error });
    throw new SandboxError('GSB-CFG-007', {
      detail: `No sandbox answers at ${origin}. Start one with sandbox up, or name another address with --url.`,
      cause: error,
    });
  }
}

/** The running sandbox knows its personas. */
async function trainerAt(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/personas`);
  const { personas } = (await response.json()) as {
    personas: readonly { readonly id: string; readonly roles: readonly string[] }[];
  };
  return personas.find(({ roles }) => roles.includes('trainer'))?.id ?? 'trainer';
}

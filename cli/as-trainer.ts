import { readConfig } from '../app/config.js';
import { SandboxError } from '../contracts/problems.js';
import { createAccess } from './access.js';
import { ApiRefusal, type ApiClient } from './api-client.js';

/**
 * Asks a running sandbox something, as its first trainer. `url` is where it answers; PUBLIC_URL or PORT of this
 * environment when absent. Raises GSB-CFG-007 when nothing answers there, and what the API refused as a problem.
 */
export async function asTrainer<T>(
  url: string | undefined,
  ask: (trainer: ApiClient) => Promise<T>,
): Promise<T> {
  const { publicUrl, keycloakUrl } = readConfig(process.env);
  const origin = (url ?? publicUrl).replace(/\/+$/, '');
  try {
    return await ask(createAccess({ origin, realmOrigin: keycloakUrl }).as(await trainerAt(origin)));
  } catch (error) {
    if (error instanceof ApiRefusal) throw refusalAsProblem(error);
    if (error instanceof SandboxError) throw error;
    throw new SandboxError('GSB-CFG-007', {
      detail: `No sandbox answers at ${origin}. Start one with sandbox up, or name another address with --url.`,
      cause: error,
    });
  }
}

/** The running sandbox knows its personas; the first trainer is asked, as in the console. */
async function trainerAt(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/personas`);
  const { personas } = (await response.json()) as {
    personas: readonly { readonly id: string; readonly roles: readonly string[] }[];
  };
  return personas.find(({ roles }) => roles.includes('trainer'))?.id ?? 'trainer';
}

function refusalAsProblem({ status, message }: ApiRefusal): SandboxError {
  const codes = { 403: 'GSB-AUT-002', 404: 'GSB-REQ-002', 409: 'GSB-REQ-003' } as const;
  const code = status in codes ? codes[status as keyof typeof codes] : 'GSB-REQ-001';
  return new SandboxError(code, { detail: message });
}

import { readConfig } from '../app/config.js';
import { problems, SandboxError, type ProblemCode } from '../contracts/problems.js';
import { createAccess } from './access.js';
import { ApiRefusal, type ApiClient } from './api-client.js';

export interface RunningSandbox {
  /** Where the sandbox answers; PUBLIC_URL or PORT of this environment when absent. */
  readonly url?: string;
}

/** Asks a running sandbox as its first trainer, as in the console. GSB-CFG-007 when none answers; what it refuses otherwise. */
export async function asTrainer<T>({ url }: RunningSandbox, ask: (api: ApiClient) => Promise<T>): Promise<T> {
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

/** The running sandbox knows its personas. */
async function trainerAt(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/personas`);
  const { personas } = (await response.json()) as {
    personas: readonly { readonly id: string; readonly roles: readonly string[] }[];
  };
  return personas.find(({ roles }) => roles.includes('trainer'))?.id ?? 'trainer';
}

function refusalAsProblem({ status, code, message }: ApiRefusal): SandboxError {
  if (code in problems) return new SandboxError(code as ProblemCode, { detail: message });
  const known = status === 409 ? 'GSB-REQ-003' : status === 403 ? 'GSB-AUT-002' : 'GSB-REQ-001';
  return new SandboxError(known, { detail: message });
}

import { readConfig } from '../app/config.js';
import { problems, SandboxError, type ProblemCode } from '../contracts/problems.js';
import { createAccess } from './access.js';
import { credentialsFor } from './login/credentials.js';
import { ApiRefusal, type ApiClient } from './api-client.js';

export interface TrainerOptions {
  /** Where the sandbox answers; PUBLIC_URL or PORT of this environment when absent. */
  readonly url?: string | undefined;
  /** Another workspace than the default one; SANDBOX_WORKSPACE when absent. */
  readonly workspace?: string | undefined;
  /** User name of a persona; the first trainer when absent. */
  readonly as?: string | undefined;
}

/**
 * A running sandbox as it is reached from the command line: by the token, client or sign-in that there is, and on this
 * machine, without any of them, as a trainer. Refusals are the sandbox's own problems.
 */
export interface Trainer {
  readonly api: ApiClient;
  download(path: string): Promise<Buffer>;
  upload<T>(path: string, gzipped: Buffer): Promise<T>;
}

/** GSB-CFG-007 when nothing of the sandbox answers there. */
export async function createTrainer({ url, workspace, as }: TrainerOptions): Promise<Trainer> {
  const { publicUrl, keycloakUrl } = readConfig(process.env);
  const origin = (url ?? publicUrl).replace(/\/+$/, '');
  return asked(origin, async () => {
    const token = await credentialsFor({ origin, as });
    const access = createAccess({ origin, workspace, realmOrigin: keycloakUrl, token });
    const persona = as ?? (token === undefined ? await trainerAt(origin) : 'whoever is signed in');
    const { root, tokenOf } = access;
    const api = access.as(persona);
    const send = async (path: string, gzipped?: Buffer): Promise<Response> => {
      const authorization = `Bearer ${await tokenOf(persona)}`;
      const response = await fetch(
        `${root}/api/v1${path}`,
        gzipped === undefined
          ? { headers: { authorization } }
          : {
              method: 'POST',
              headers: { authorization, 'content-type': 'application/gzip' },
              body: new Uint8Array(gzipped),
            },
      );
      if (response.ok) return response;
      const problem = (await response.json()) as { code?: string; detail?: string };
      throw new ApiRefusal(response.status, problem.code ?? 'unknown', problem.detail ?? '');
    };
    const within = <T>(ask: () => Promise<T>): Promise<T> => asked(origin, ask);
    return {
      api: {
        get: (path) => within(() => api.get(path)),
        post: (path, body) => within(() => api.post(path, body)),
        put: (path, body) => within(() => api.put(path, body)),
        delete: (path) => within(() => api.delete(path)),
        stream: (path, signal) => within(() => api.stream(path, signal)),
      },
      download: (path) => within(async () => Buffer.from(await (await send(path)).arrayBuffer())),
      upload: (path, gzipped) => within(async () => (await (await send(path, gzipped)).json()) as never),
    };
  });
}

/** The running sandbox knows its personas; the first trainer is asked, as in the console. */
async function trainerAt(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/personas`);
  const { personas } = (await response.json()) as {
    personas: readonly { readonly id: string; readonly roles: readonly string[] }[];
  };
  return personas.find(({ roles }) => roles.includes('trainer'))?.id ?? 'trainer';
}

async function asked<T>(origin: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ApiRefusal && error.code in problems)
      throw new SandboxError(error.code as ProblemCode, { detail: error.message, cause: error });
    if (error instanceof SandboxError) throw error;
    throw new SandboxError('GSB-CFG-007', {
      detail: `No sandbox answers at ${origin}. Start one with sandbox up, or name another address with --url.`,
      cause: error,
    });
  }
}

import { createServiceToken, findProvider, isLoopback, requestTokens } from '../../app/project.js';
import { clients } from '../../contracts/identity.js';
import { SandboxError } from '../../contracts/problems.js';
import { createRealClock } from '../real-clock.js';
import { openLoginStore } from './login-store.js';

/** Tokens are renewed this long before they expire. */
const MARGIN_MS = 30_000;

export interface CredentialsOptions {
  /** Where the sandbox answers. */
  readonly origin: string;
  /** A persona that is asked for by name; possible on this machine only. */
  readonly as?: string | undefined;
  readonly environment?: NodeJS.ProcessEnv;
  readonly request?: typeof fetch;
}

/**
 * How the command line proves who it is at a sandbox, in this order: a token in SANDBOX_TOKEN, a client's
 * SANDBOX_CLIENT_ID and SANDBOX_CLIENT_SECRET, `sandbox login`. Undefined where none is there and the sandbox is on
 * this machine: then it plays a persona. GSB-AUT-001 where it is not.
 */
export async function credentialsFor(
  options: CredentialsOptions,
): Promise<(() => Promise<string>) | undefined> {
  const { origin, as, environment = process.env, request = fetch } = options;
  const here = isLoopback(origin);
  if (as !== undefined) {
    if (here) return undefined;
    throw new SandboxError('GSB-REQ-001', {
      detail: `--as plays a persona of a sandbox on this machine; at ${origin} sign in with sandbox login.`,
    });
  }
  const token = environment['SANDBOX_TOKEN'];
  if (token !== undefined && token !== '') return () => Promise.resolve(token);
  const clientId = environment['SANDBOX_CLIENT_ID'];
  if (clientId !== undefined && clientId !== '') {
    const clientSecret = environment['SANDBOX_CLIENT_SECRET'];
    if (clientSecret === undefined || clientSecret === '')
      throw new SandboxError('GSB-CFG-001', {
        detail: 'SANDBOX_CLIENT_ID is set, and SANDBOX_CLIENT_SECRET is not.',
      });
    const { token: tokenEndpoint } = await findProvider(origin, request);
    const clock = createRealClock();
    return createServiceToken({ tokenEndpoint, clientId, clientSecret, clock, fetch: request });
  }
  const store = openLoginStore(environment);
  if ((await store.get(origin)) !== undefined) return () => loggedIn(origin, store, request);
  if (here) return undefined;
  throw notSignedIn(origin);
}

async function loggedIn(
  origin: string,
  store: ReturnType<typeof openLoginStore>,
  request: typeof fetch,
): Promise<string> {
  const login = await store.get(origin);
  if (login === undefined) throw notSignedIn(origin);
  const now = createRealClock().now().getTime();
  if (login.accessExpiresAt - MARGIN_MS > now) return login.accessToken;
  try {
    if (login.refreshToken === undefined) throw notSignedIn(origin);
    const grant = await requestTokens(
      login.token,
      { grant_type: 'refresh_token', client_id: clients.cli, refresh_token: login.refreshToken },
      request,
    );
    await store.set(origin, {
      ...login,
      accessToken: grant.accessToken,
      accessExpiresAt: now + grant.expiresIn * 1000,
      ...(grant.refreshToken !== undefined && { refreshToken: grant.refreshToken }),
    });
    return grant.accessToken;
  } catch (error) {
    if (!(error instanceof SandboxError) || error.code !== 'GSB-AUT-001') throw error;
    await store.remove(origin);
    throw notSignedIn(origin);
  }
}

function notSignedIn(origin: string): SandboxError {
  return new SandboxError('GSB-AUT-001', {
    detail: `Nobody is signed in at ${origin}, or no longer: sandbox login --url ${origin}.`,
  });
}

import type { Clock } from '../../contracts/clock.js';
import type { PersonaTokens } from '../../contracts/identity.js';
import { requestTokens } from './token-endpoint.js';

/** Tokens are replaced this long before they expire, so that a request on its way does not meet the end. */
const MARGIN_MS = 30_000;

export interface MachineTokensOptions {
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly clock: Clock;
  readonly fetch?: typeof fetch;
}

/** Tokens of personas by the password grant: the command line and scenarios. Training: the password is the name. */
export function createPasswordTokens({
  tokenEndpoint,
  clientId,
  clock,
  fetch: request = fetch,
}: MachineTokensOptions): PersonaTokens {
  const tokenOf = cached(clock, (username) =>
    requestTokens(
      tokenEndpoint,
      { grant_type: 'password', client_id: clientId, username, password: username, scope: 'openid profile' },
      request,
    ),
  );
  return { tokenOf };
}

/** The token of a client's own account by the client credentials grant. */
export function createServiceToken({
  tokenEndpoint,
  clientId,
  clientSecret,
  clock,
  fetch: request = fetch,
}: MachineTokensOptions & { readonly clientSecret: string }): () => Promise<string> {
  const tokenOf = cached(clock, () =>
    requestTokens(
      tokenEndpoint,
      { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
      request,
    ),
  );
  return () => tokenOf(clientId);
}

interface Granted {
  readonly accessToken: string;
  readonly expiresIn: number;
}

/** One request per name at a time; its result until shortly before it expires; failures are not remembered. */
function cached(clock: Clock, obtain: (name: string) => Promise<Granted>): (name: string) => Promise<string> {
  const entries = new Map<string, Promise<{ readonly token: string; readonly until: number }>>();

  function renew(name: string): Promise<{ readonly token: string; readonly until: number }> {
    const entry = obtain(name).then(({ accessToken, expiresIn }) => ({
      token: accessToken,
      until: clock.now().getTime() + expiresIn * 1000 - MARGIN_MS,
    }));
    entries.set(name, entry);
    entry.catch(() => entries.delete(name));
    return entry;
  }

  return async (name) => {
    const known = entries.get(name);
    const entry = await (known ?? renew(name));
    if (entry.until > clock.now().getTime()) return entry.token;
    // Whoever comes first replaces a stale entry; the others wait for the same request.
    const current = entries.get(name);
    const next = current === known && known !== undefined ? renew(name) : (current ?? renew(name));
    return (await next).token;
  };
}

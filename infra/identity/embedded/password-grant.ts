import { randomUUID } from 'node:crypto';

import { importJWK, SignJWT } from 'jose';
import type { Provider, TokenEndpointGrantContext } from 'oidc-provider';
import { InvalidGrant } from 'oidc-provider/lib/helpers/errors.js';

import { CORRELATION_HEADER } from '../../../contracts/correlation.js';
import type { Clock } from '../../../contracts/clock.js';
import type { Accounts } from './accounts.js';
import type { LoginFailures } from './login-failures.js';
import type { RealmSecrets } from './realm-secrets.js';

export interface PasswordGrantOptions {
  readonly accounts: Accounts;
  readonly secrets: RealmSecrets;
  readonly issuer: string;
  /** Seconds that an access token lives. */
  readonly lifespan: number;
  readonly clock: Clock;
  readonly failures: LoginFailures;
  /** Told of each attempt, before it is answered. */
  readonly note?: (attempt: PasswordAttempt) => Promise<void>;
}

export interface PasswordAttempt {
  /** Absent when there is no such person: it may be a password, typed into the wrong field. */
  readonly username?: string;
  readonly subject?: string;
  readonly succeeded: boolean;
  readonly source?: string;
  readonly correlation?: string;
}

/**
 * "Direct access grants": the command line and scenarios get a persona's token for its user name and password.
 * Nothing is stored: such a token cannot be refreshed, only asked for again.
 */
export function allowPasswordGrant(provider: Provider, options: PasswordGrantOptions): void {
  const { accounts, secrets, issuer, lifespan, clock, failures, note } = options;
  provider.registerGrantType<{ username?: string; password?: string }>(
    'password',
    async (context: TokenEndpointGrantContext<{ username?: string; password?: string }>) => {
      const { client, params } = context.oidc;
      const username = params.username ?? '';
      const held = await failures.locked(username);
      const user = held ? undefined : accounts.personWithPassword(username, params.password ?? '');
      const claims = user && accounts.claims(client.clientId, accounts.subjectOf(user));
      const known = accounts.personNamed(username);
      await note?.({
        ...(known && { username: known.username, subject: accounts.subjectOf(known) }),
        succeeded: claims !== undefined,
        ...asked(context),
      });
      if (claims === undefined) {
        if (known !== undefined) await failures.failed(username);
        throw new InvalidGrant('Invalid user credentials');
      }
      await failures.succeeded(username);

      const issuedAt = Math.floor(clock.now().getTime() / 1000);
      const scope = 'openid profile email';
      const token = await new SignJWT({
        typ: 'Bearer',
        azp: client.clientId,
        acr: '1',
        scope,
        ...claims.access,
      })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: secrets.signing.kid ?? '' })
        .setIssuer(issuer)
        .setSubject(claims.subject)
        .setAudience([...claims.audience])
        .setJti(randomUUID())
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifespan)
        .sign(await importJWK(secrets.signing, 'RS256'));
      context.body = { access_token: token, token_type: 'Bearer', expires_in: lifespan, scope };
    },
    ['username', 'password', 'scope'],
  );
}

/** The request under the provider's own context is the one that came through the front door. */
function asked(context: TokenEndpointGrantContext): Pick<PasswordAttempt, 'source' | 'correlation'> {
  const { req } = context;
  const source = 'ip' in req && typeof req.ip === 'string' ? req.ip : req.socket.remoteAddress;
  const correlation = req.headers[CORRELATION_HEADER];
  return {
    ...(source === undefined ? {} : { source }),
    ...(typeof correlation === 'string' ? { correlation } : {}),
  };
}

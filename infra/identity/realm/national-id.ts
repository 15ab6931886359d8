import { createHash } from 'node:crypto';

import type { RealmIdentityProvider, RealmRepresentation } from './realm.js';

/** The upstream provider through which citizens sign in with their national digital identity. */
export const NATIONAL_ID = 'national-id';

/** Who asks the identity building block on behalf of the sign-in; also its relying party. */
const NATIONAL_ID_CLIENT = 'govstack-sign-in';

/**
 * The subject under which the simulated identity block knows a person to that relying party (OpenID Connect Core
 * 1.0, 8.1: pairwise). It links a persona to the person of the register without telling anybody the number.
 */
export function nationalIdSubject(individualId: string): string {
  return `p${createHash('sha256').update(`${NATIONAL_ID_CLIENT} ${individualId}`).digest('base64url')}`;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Fills what follows from SANDBOX_NATIONAL_ID_URL, the issuer of the upstream provider: that it is switched on, and
 * where its endpoints are when they are where the identity building block has them. Without it nothing is added.
 */
export function nationalIdEnvironment(environment: Environment): Record<string, string> {
  const issuer = environment.SANDBOX_NATIONAL_ID_URL?.replace(/\/+$/, '');
  if (issuer === undefined || issuer === '') return {};
  const defaults: Record<string, string> = {
    SANDBOX_NATIONAL_ID_ENABLED: 'true',
    SANDBOX_NATIONAL_ID_ISSUER: issuer,
    SANDBOX_NATIONAL_ID_AUTHORIZATION_URL: `${issuer}/authorize`,
    SANDBOX_NATIONAL_ID_TOKEN_URL: `${issuer}/oauth/token`,
    SANDBOX_NATIONAL_ID_USERINFO_URL: `${issuer}/oidc/userinfo`,
    SANDBOX_NATIONAL_ID_JWKS_URL: `${issuer}/.well-known/jwks.json`,
    ...(given(environment.SANDBOX_NATIONAL_ID_CLIENT_SECRET) && {
      SANDBOX_NATIONAL_ID_CLIENT_AUTH: 'client_secret_post',
    }),
  };
  return Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, filledOr(environment[name], value)]),
  );
}

/** The realm with the upstream provider filled in from the environment; unchanged when there is none. */
export function withNationalId(realm: RealmRepresentation, environment: Environment): RealmRepresentation {
  const filled = nationalIdEnvironment(environment);
  if (filled.SANDBOX_NATIONAL_ID_ENABLED === undefined) return realm;
  const values: Environment = { ...environment, ...filled };
  const fill = (text: string): string =>
    text.replace(/\$\{(SANDBOX_NATIONAL_ID_[A-Z_]+):([^}]*)\}/g, (_whole, name: string, fallback: string) =>
      filledOr(values[name], fallback),
    );
  const identityProviders = realm.identityProviders.map((provider) => ({
    ...provider,
    enabled: fill(String(provider.enabled)) === 'true',
    config: Object.fromEntries(Object.entries(provider.config).map(([name, value]) => [name, fill(value)])),
  }));
  return { ...realm, identityProviders };
}

/** The entry of a realm whose placeholders are filled; undefined when it is switched off. */
export function nationalIdOf(realm: RealmRepresentation): RealmIdentityProvider | undefined {
  return realm.identityProviders.find(
    ({ alias, enabled }) => alias === NATIONAL_ID && (enabled === true || enabled === 'true'),
  );
}

function given(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function filledOr(value: string | undefined, fallback: string): string {
  return value === undefined || value === '' ? fallback : value;
}

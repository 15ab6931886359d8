import { randomBytes, randomUUID, createHash } from 'node:crypto';

import { createLocalJWKSet, importJWK, jwtVerify, SignJWT } from 'jose';
import type { JSONWebKeySet, JWK } from 'jose';
import { z } from 'zod';

import type { Clock } from '../../../../contracts/clock.js';
import { SandboxError } from '../../../../contracts/problems.js';
import { StoreUnavailableError } from '../../../../contracts/store-unavailable.js';
import type { RealmIdentityProvider } from '../../realm/realm.js';

/** What has to be remembered while a person is at the upstream provider. */
export interface UpstreamAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface UpstreamPerson {
  /** As the upstream provider knows this person to us. */
  readonly subject: string;
  readonly name?: string;
}

export interface Upstream {
  begin(): UpstreamAttempt;
  authorizationUrl(attempt: UpstreamAttempt, language: string | undefined): string;
  /** GSB-AUT-001 when the provider refuses or does not agree with the attempt, GSB-CFG-007 when it does not answer. */
  exchange(attempt: UpstreamAttempt, code: string): Promise<UpstreamPerson>;
}

export interface UpstreamOptions {
  readonly provider: RealmIdentityProvider;
  /** Signs the client's assertion (RFC 7523), as Keycloak does with the key of its realm. */
  readonly signing: JWK;
  readonly redirectUri: string;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
}

const tokensSchema = z.looseObject({ id_token: z.string(), access_token: z.string() });
const refusalSchema = z.looseObject({ error: z.string(), error_description: z.string().optional() });
const keysSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) });
const personSchema = z.looseObject({
  sub: z.string().min(1).max(119),
  name: z.string().min(1).max(120).optional(),
});

/** The authorization code flow with PKCE against the upstream provider, as the realm's broker entry describes it. */
export function createUpstream({
  provider,
  signing,
  redirectUri,
  clock,
  fetch: request,
}: UpstreamOptions): Upstream {
  const { config } = provider;
  const option = (name: string): string => {
    const value = config[name];
    if (value !== undefined && value !== '') return value;
    throw new SandboxError('GSB-CFG-001', {
      detail: `realm.json: identityProviders.${provider.alias}.config: ${name} is missing.`,
    });
  };
  const issuer = option('issuer');
  const clientId = option('clientId');
  const random = (): string => randomBytes(32).toString('base64url');

  async function credentials(): Promise<Record<string, string>> {
    if (config.clientAuthMethod !== 'private_key_jwt')
      return { client_id: clientId, client_secret: option('clientSecret') };
    const now = Math.floor(clock.now().getTime() / 1000);
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', kid: signing.kid ?? '' })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(option('tokenUrl'))
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + 60)
      .sign(await importJWK(signing, 'RS256'));
    return {
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    };
  }

  async function ask(address: string, init?: RequestInit): Promise<Response> {
    try {
      return await request(address, { ...init, signal: AbortSignal.timeout(10_000) });
    } catch (cause) {
      throw new SandboxError('GSB-CFG-007', {
        detail: `The national identity provider does not answer at ${address}.`,
        cause,
      });
    }
  }

  async function verified(token: string, type: string): Promise<Record<string, unknown>> {
    const answer = await ask(option('jwksUrl'));
    if (answer.status === 503) throw waiting(answer);
    try {
      const keys = keysSchema.parse(await answer.json()) as JSONWebKeySet;
      const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
        issuer,
        audience: clientId,
        algorithms: ['RS256', 'ES256', 'PS256'],
        currentDate: clock.now(),
      });
      return payload;
    } catch (cause) {
      throw refused(`its ${type} does not hold`, cause);
    }
  }

  async function userinfo(accessToken: string): Promise<Record<string, unknown>> {
    const answer = await ask(option('userInfoUrl'), { headers: { authorization: `Bearer ${accessToken}` } });
    if (answer.status === 503) throw waiting(answer);
    if (!answer.ok) return {};
    const text = await answer.text();
    if (answer.headers.get('content-type')?.includes('jwt') === true)
      return verified(text, 'user information');
    try {
      return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    } catch (cause) {
      throw refused('its user information cannot be read', cause);
    }
  }

  return {
    begin: () => ({ state: random(), nonce: random(), verifier: random() }),

    authorizationUrl({ state, nonce, verifier }, language) {
      const url = new URL(option('authorizationUrl'));
      for (const [name, value] of Object.entries({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: option('defaultScope'),
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...(language !== undefined && { ui_locales: language }),
      }))
        url.searchParams.set(name, value);
      return url.href;
    },

    async exchange({ nonce, verifier }, code) {
      const form = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        ...(await credentials()),
      };
      const answer = await ask(option('tokenUrl'), { method: 'POST', body: new URLSearchParams(form) });
      if (answer.status === 503) throw waiting(answer);
      const body: unknown = await answer.json().catch(() => undefined);
      const tokens = tokensSchema.safeParse(body);
      if (!answer.ok || !tokens.success) {
        const refusal = refusalSchema.safeParse(body).data;
        throw refused(`it answered ${refusal?.error_description ?? refusal?.error ?? answer.status}`);
      }
      const claims = await verified(tokens.data.id_token, 'identity token');
      if (claims.nonce !== nonce) throw refused('its identity token answers another sign-in');
      const info = await userinfo(tokens.data.access_token);
      // OpenID Connect Core 1.0, 5.3.2: user information of somebody else must not be used.
      const same = info.sub === claims.sub ? info : {};
      const person = personSchema.safeParse({ ...same, sub: claims.sub });
      if (!person.success) throw refused('it does not say who signed in');
      const { sub: subject, name } = person.data;
      return { subject, ...(name !== undefined && { name }) };
    },
  };
}

/** It cannot go on just now; what was asked may be asked again. */
function waiting({ url, status }: Response): StoreUnavailableError {
  return new StoreUnavailableError('blocks', { cause: new Error(`${url} answered ${status}`) });
}

export function refused(why: string, cause?: unknown): SandboxError {
  return new SandboxError('GSB-AUT-001', {
    detail: `The sign-in with the national identity did not succeed: ${why}.`,
    cause,
  });
}

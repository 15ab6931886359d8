import { decodeJwt } from 'jose';
import { z } from 'zod';

import type { Clock } from '../../contracts/clock.js';
import { SandboxError } from '../../contracts/problems.js';
import type { TokenGrant } from './token-endpoint.js';
import { requestTokens } from './token-endpoint.js';

/** Where a client without a browser signs people in, and how it proves itself: by its id only. */
export interface DeviceProvider {
  readonly issuer: string;
  readonly deviceAuthorization: string;
  readonly token: string;
  readonly revocation: string;
}

/** What the person is shown (RFC 8628, 3.2 and 3.3). */
export interface DeviceCode {
  readonly userCode: string;
  readonly verificationUri: string;
  /** With the code in it, where the provider offers that. */
  readonly verificationUriComplete?: string;
  /** Seconds. */
  readonly expiresIn: number;
}

export interface DeviceFlowOptions {
  readonly provider: DeviceProvider;
  readonly clientId: string;
  readonly clock: Clock;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly fetch: typeof fetch;
  readonly show: (code: DeviceCode) => void;
}

const PENDING = 'authorization_pending';
/** RFC 8628, 3.5: every slow_down adds five seconds. */
const SLOWER_SECONDS = 5;

const codeSchema = z.looseObject({
  device_code: z.string().min(1),
  user_code: z.string().min(1),
  verification_uri: z.url(),
  verification_uri_complete: z.url().optional(),
  expires_in: z.number().positive(),
  interval: z.number().nonnegative().default(5),
});
const refusalSchema = z.looseObject({ error: z.string() });

/**
 * The device authorization grant (RFC 8628). Raises GSB-AUT-001 when the person refuses or the code grows too old,
 * GSB-CFG-007 when the provider gives no usable answer.
 */
export async function signInByDevice(options: DeviceFlowOptions): Promise<TokenGrant> {
  const { provider, clientId, clock, sleep, fetch: request, show } = options;
  const begun = await begin(provider, clientId, request);
  show({
    userCode: begun.user_code,
    verificationUri: begun.verification_uri,
    ...(begun.verification_uri_complete !== undefined && {
      verificationUriComplete: begun.verification_uri_complete,
    }),
    expiresIn: begun.expires_in,
  });
  const until = clock.now().getTime() + begun.expires_in * 1000;
  let interval = begun.interval;
  while (clock.now().getTime() < until) {
    await sleep(interval * 1000);
    let pending = PENDING;
    // requestTokens tells a refusal by its words; the code of the refusal is read here.
    const spy: typeof fetch = async (...asked) => {
      const response = await request(...asked);
      pending = response.ok ? '' : (refusalSchema.safeParse(await response.clone().json()).data?.error ?? '');
      return response;
    };
    try {
      return await requestTokens(
        provider.token,
        {
          grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
          client_id: clientId,
          device_code: begun.device_code,
        },
        spy,
      );
    } catch (error) {
      if (pending === 'slow_down') interval += SLOWER_SECONDS;
      else if (pending !== PENDING) throw error;
    }
  }
  throw new SandboxError('GSB-AUT-001', { detail: 'The code grew too old before anybody entered it.' });
}

async function begin(
  provider: DeviceProvider,
  clientId: string,
  request: typeof fetch,
): Promise<z.infer<typeof codeSchema>> {
  try {
    const response = await request(provider.deviceAuthorization, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ client_id: clientId, scope: 'openid profile' }),
    });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return codeSchema.parse(await response.json());
  } catch (cause) {
    throw new SandboxError('GSB-CFG-007', {
      detail: `The identity provider begins no sign-in at ${provider.deviceAuthorization}.`,
      cause,
    });
  }
}

const resourceSchema = z.looseObject({ authorization_servers: z.array(z.url()).min(1) });
const metadataSchema = z.looseObject({
  issuer: z.string(),
  token_endpoint: z.url(),
  revocation_endpoint: z.url(),
  device_authorization_endpoint: z.url(),
});

/**
 * Asks a sandbox which provider it trusts (RFC 9728), and that provider for its endpoints. Raises GSB-CFG-007 when
 * either does not answer.
 */
export async function findProvider(origin: string, request: typeof fetch): Promise<DeviceProvider> {
  const read = async <T>(address: string, schema: z.ZodType<T>): Promise<T> => {
    try {
      const response = await request(address, { headers: { accept: 'application/json' } });
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      return schema.parse(await response.json());
    } catch (cause) {
      throw new SandboxError('GSB-CFG-007', {
        detail: `No sandbox that one can sign in to answers at ${origin}: ${address} could not be read.`,
        cause,
      });
    }
  };
  const resource = await read(`${origin}/.well-known/oauth-protected-resource`, resourceSchema);
  const issuer = resource.authorization_servers[0] ?? '';
  const metadata = await read(`${issuer}/.well-known/openid-configuration`, metadataSchema);
  return {
    issuer,
    token: metadata.token_endpoint,
    revocation: metadata.revocation_endpoint,
    deviceAuthorization: metadata.device_authorization_endpoint,
  };
}

/** Who a token speaks for, as people know them; the token itself is for the sandbox to judge. */
export function usernameOf(accessToken: string): string {
  const claims = decodeJwt(accessToken);
  return typeof claims.preferred_username === 'string'
    ? claims.preferred_username
    : (claims.sub ?? 'somebody');
}

import { z } from 'zod';

import { SandboxError } from '../../contracts/problems.js';

/** The addresses of the identity provider: those for browsers as it names them, those for us on the back channel. */
export interface ProviderEndpoints {
  readonly issuer: string;
  readonly authorization: string;
  readonly endSession: string;
  readonly token: string;
  readonly revocation: string;
  /** `endSession` as this server reaches it. */
  readonly logout: string;
  readonly keys: string;
}

export interface DiscoveryOptions {
  /** As tokens name it: `{base}/realms/{realm}`. */
  readonly issuer: string;
  /**
   * Origin for requests from this server, when it is not the issuer's: the embedded provider answers on
   * `http://127.0.0.1:PORT` even when PUBLIC_URL does not resolve here.
   */
  readonly backChannel?: string;
  readonly fetch?: typeof fetch;
}

const metadataSchema = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  end_session_endpoint: z.url(),
  revocation_endpoint: z.url(),
  jwks_uri: z.url(),
});

export type Discovery = () => Promise<ProviderEndpoints>;

/**
 * Reads the provider's metadata (OpenID Connect Discovery 1.0) once it is first needed, and again after a failure.
 * Raises GSB-CFG-007 when it cannot be read, GSB-CFG-001 when it belongs to another issuer.
 */
export function createDiscovery({
  issuer,
  backChannel,
  fetch: request = fetch,
}: DiscoveryOptions): Discovery {
  const inside = (address: string): string => {
    if (backChannel === undefined) return address;
    const { pathname, search } = new URL(address);
    return new URL(backChannel).origin + pathname + search;
  };

  async function read(): Promise<ProviderEndpoints> {
    const address = inside(`${issuer}/.well-known/openid-configuration`);
    const metadata = await readMetadata(address, request);
    if (metadata.issuer !== issuer) {
      throw new SandboxError('GSB-CFG-001', {
        detail: `The identity provider calls itself ${metadata.issuer}, but ${issuer} is configured.`,
      });
    }
    return {
      issuer,
      authorization: metadata.authorization_endpoint,
      endSession: metadata.end_session_endpoint,
      token: inside(metadata.token_endpoint),
      logout: inside(metadata.end_session_endpoint),
      revocation: inside(metadata.revocation_endpoint),
      keys: inside(metadata.jwks_uri),
    };
  }

  let known: Promise<ProviderEndpoints> | undefined;
  return () => {
    known ??= read().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

async function readMetadata(address: string, request: typeof fetch): Promise<z.infer<typeof metadataSchema>> {
  try {
    const response = await request(address, { headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return metadataSchema.parse(await response.json());
  } catch (cause) {
    throw new SandboxError('GSB-CFG-007', {
      detail: `The identity provider's description at ${address} could not be read.`,
      cause,
    });
  }
}

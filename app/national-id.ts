import type { Block, Method } from '../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../contracts/ids.js';
import type { JsonObject } from '../contracts/json.js';
import { SandboxError } from '../contracts/problems.js';
import type { UpstreamClient } from '../infra/identity/embedded/embedded-identity.js';
import type { SandboxConfig } from './config.js';

export interface NationalIdDeps {
  readonly config: Pick<SandboxConfig, 'publicUrl'>;
  readonly ownOrigin: string;
  readonly identityBlock: Block | undefined;
  /** SANDBOX_NATIONAL_ID_URL: the issuer of real identity software; our own identity block when absent. */
  readonly url: string | undefined;
}

export interface NationalId {
  readonly url: string | undefined;
  readonly fetch: typeof fetch;
  readonly register?: (client: UpstreamClient) => Promise<void>;
}

/** The upstream provider of national identities: the identity block of the default workspace, unless another is named. */
export function createNationalId({ config, ownOrigin, identityBlock, url }: NationalIdDeps): NationalId {
  if (url !== undefined && url !== '') return { url, fetch };
  if (identityBlock === undefined) return { url: undefined, fetch };
  return {
    url: `${config.publicUrl}/blocks/identity`,
    // PUBLIC_URL may be a name that only browsers can resolve.
    fetch: (input, init) => {
      const { pathname, search } = new URL(String(input instanceof Request ? input.url : input));
      return fetch(ownOrigin + pathname + search, init);
    },
    register: (client) => register(identityBlock, client),
  };
}

/** Registers the realm as a relying party, as often as somebody signs in: a reset of the workspace forgets it. */
async function register(block: Block, { clientId, redirectUri, publicKey }: UpstreamClient): Promise<void> {
  const { kty, n, e } = publicKey;
  const about = {
    clientName: 'GovStack sandbox (training)',
    logoUri: 'https://logo.example/govstack-sandbox.png',
    redirectUris: [redirectUri],
    authContextRefs: ['idbb:acr:generated-code'],
    userClaims: ['name'],
    grantTypes: ['authorization_code'],
    clientAuthMethods: ['private_key_jwt'],
  };
  const send = async (method: Method, path: string, request: JsonObject): Promise<string | undefined> => {
    const { body } = await block.handle(DEFAULT_WORKSPACE, {
      method,
      path,
      query: {},
      headers: { 'content-type': 'application/json' },
      body: { requestTime: new Date().toISOString(), request },
    });
    return (body as { errors?: readonly { errorCode?: string }[] } | undefined)?.errors?.[0]?.errorCode;
  };
  const created = await send('POST', '/client-mgmt/oidc-client', {
    ...about,
    clientId,
    relyingPartyId: clientId,
    publicKey: { kty, n: n ?? '', e: e ?? '' },
  });
  const problem =
    created === 'duplicate_client_id'
      ? await send('PUT', `/client-mgmt/oidc-client/${clientId}`, { ...about, status: 'active' })
      : created;
  if (problem !== undefined)
    throw new SandboxError('GSB-CFG-007', {
      detail: `The identity block does not take the sign-in as a relying party: ${problem}.`,
    });
}

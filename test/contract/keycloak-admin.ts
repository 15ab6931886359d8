import { withNationalId } from '../../infra/identity/realm/national-id.js';
import { testRealm } from './identity-realm.js';

export interface PrepareOptions {
  readonly keycloak: string;
  /** Where the sandbox is that signs people in there, and whose identity block is the upstream provider. */
  readonly publicUrl: string;
  readonly session: {
    block(persona: string, block: string): { post<T>(path: string, body?: unknown): Promise<T> };
  };
}

/**
 * What an administrator does for one sandbox after the import: allows its address, switches the upstream provider on
 * with the entry that the realm file would have had, and registers Keycloak's key with the identity block.
 */
export async function prepareKeycloak({ keycloak, publicUrl, session }: PrepareOptions): Promise<void> {
  const token = await adminToken(keycloak);
  const admin = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${keycloak}/admin/realms/govstack${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  };
  const [client] = (await admin('GET', '/clients?clientId=sandbox-console')) as [
    { id: string; redirectUris: string[]; attributes: Record<string, string> },
  ];
  await admin('PUT', `/clients/${client.id}`, {
    ...client,
    redirectUris: [...new Set([...client.redirectUris, `${publicUrl}/auth/callback`])],
    attributes: {
      ...client.attributes,
      'post.logout.redirect.uris': `${client.attributes['post.logout.redirect.uris'] ?? ''}##${publicUrl}/`,
    },
  });
  // Keycloak takes plain http from this machine only, as SANDBOX_SSL_REQUIRED=none changes for a classroom.
  if (publicUrl.startsWith('http:') && new URL(publicUrl).hostname !== 'localhost')
    await admin('PUT', '', { sslRequired: 'none' });
  const imported = (await admin('GET', '/identity-provider/instances/national-id')) as object;
  const realm = withNationalId(await testRealm(), {
    SANDBOX_NATIONAL_ID_URL: `${publicUrl}/blocks/identity`,
  });
  const [entry] = realm.identityProviders;
  await admin('PUT', '/identity-provider/instances/national-id', { ...imported, ...entry });

  const certs = await fetch(`${keycloak}/realms/govstack/protocol/openid-connect/certs`);
  const { keys } = (await certs.json()) as { keys: { use: string; kty: string; n: string; e: string }[] };
  const { kty, n, e } = keys.find(({ use }) => use === 'sig')!;
  await session.block('trainer-yuki', 'identity').post('/client-mgmt/oidc-client', {
    requestTime: new Date().toISOString(),
    request: {
      clientId: 'govstack-sign-in',
      clientName: 'GovStack sandbox (training)',
      relyingPartyId: 'govstack-sign-in',
      logoUri: 'https://logo.example/govstack-sandbox.png',
      redirectUris: [`${keycloak}/realms/govstack/broker/national-id/endpoint`],
      authContextRefs: ['idbb:acr:generated-code'],
      userClaims: ['name'],
      grantTypes: ['authorization_code'],
      clientAuthMethods: ['private_key_jwt'],
      publicKey: { kty, n, e },
    },
  });
}

export async function adminToken(keycloak: string): Promise<string> {
  const response = await fetch(`${keycloak}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: 'admin-cli',
      username: 'training-admin',
      password: 'training-admin',
    }),
  });
  if (!response.ok) throw new Error(`Keycloak's administrator was refused with ${response.status}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

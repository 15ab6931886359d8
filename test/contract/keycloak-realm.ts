import { randomUUID } from 'node:crypto';
import { resolvePlaceholders } from '../../infra/identity/realm/read-realm.js';
import { adminToken } from './keycloak-admin.js';
import { testRealm } from './identity-realm.js';

/** A realm of a test's own on a running Keycloak, so that its keys and lifetimes may be changed beside other suites. */
export interface KeycloakRealm {
  readonly issuer: string;
  /** Makes a new signing key that goes before those that are there; what they signed still counts. */
  readonly rotateKeys: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function openKeycloakRealm(keycloak: string): Promise<KeycloakRealm> {
  const name = `test-${randomUUID().slice(0, 8)}`;
  const admin = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${keycloak}/admin/realms${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await adminToken(keycloak)}`,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response;
  };
  const realm = resolvePlaceholders(await testRealm(), { SANDBOX_PUBLIC_URL: keycloak });
  // Ids of people are unique in all of Keycloak, and the realm of the other suites has these.
  const users = realm.users.map((user) => ({ ...user, id: undefined }));
  await admin('POST', '', { ...realm, realm: name, users });
  let priority = 1_000;
  return {
    issuer: `${keycloak}/realms/${name}`,
    rotateKeys: async () => {
      priority += 1;
      await admin('POST', `/${name}/components`, {
        name: `rotated-${priority}`,
        providerId: 'rsa-generated',
        providerType: 'org.keycloak.keys.KeyProvider',
        config: { priority: [String(priority)], algorithm: ['RS256'], enabled: ['true'], active: ['true'] },
      });
    },
    remove: async () => {
      await admin('DELETE', `/${name}`);
    },
  };
}

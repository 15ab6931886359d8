import { SandboxError } from '../../../contracts/problems.js';
import type { RealmClient, RealmRepresentation, RealmUser } from '../realm/realm.js';
import { subjectOf } from '../realm/with-personas.js';

/**
 * What the realm's protocol mappers put into tokens, for the three kinds of mapper that realm.json uses: realm
 * roles, user attribute, audience. Keycloak runs the same mappers; the identity suite compares the outcome.
 */
export interface MappedClaims {
  readonly subject: string;
  readonly audience: readonly string[];
  readonly access: Readonly<Record<string, unknown>>;
  /** The part that identity tokens and the user information endpoint tell, too. */
  readonly profile: Readonly<Record<string, unknown>>;
}

export function claimsOf(realm: RealmRepresentation, client: RealmClient, user: RealmUser): MappedClaims {
  const audience: string[] = [];
  const attributes: Record<string, string> = {};
  let roles: readonly string[] | undefined;
  for (const { protocolMapper, config, name } of client.protocolMappers) {
    switch (protocolMapper) {
      case 'oidc-audience-mapper':
        audience.push(required(config, 'included.custom.audience', name));
        break;
      case 'oidc-usermodel-realm-role-mapper':
        roles = user.realmRoles;
        break;
      case 'oidc-usermodel-attribute-mapper': {
        const value = user.attributes?.[required(config, 'user.attribute', name)]?.[0];
        if (value !== undefined) attributes[required(config, 'claim.name', name)] = value;
        break;
      }
      default:
        throw new SandboxError('GSB-CFG-001', {
          detail: `realm.json: clients.${client.clientId}.protocolMappers: ${protocolMapper} is not supported here.`,
        });
    }
  }
  const profile = {
    preferred_username: user.username,
    ...(user.firstName !== undefined && { name: user.firstName, given_name: user.firstName }),
    ...attributes,
  };
  return {
    subject: user.id ?? subjectOf(realm.realm, user.username),
    audience,
    access: { ...profile, ...(roles && { realm_access: { roles } }) },
    profile,
  };
}

function required(config: Readonly<Record<string, string>>, key: string, mapper: string): string {
  const value = config[key];
  if (value !== undefined && value !== '') return value;
  throw new SandboxError('GSB-CFG-001', {
    detail: `realm.json: protocol mapper ${mapper}: ${key} is missing.`,
  });
}

import type { JSONWebKeySet, JWK } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { Provider } from 'oidc-provider/lib/provider.js';

import type { Clock } from '../../../contracts/clock.js';
import type { DocumentStore } from '../../../contracts/documents.js';
import type { PersonaIdentity, TokenVerifier } from '../../../contracts/identity.js';
import type { Logger } from '../../../contracts/logger.js';
import { isStoreUnavailable } from '../../../contracts/store-unavailable.js';
import { createJoseVerifier } from '../jose-verifier.js';
import { nationalIdEnvironment, nationalIdOf } from '../realm/national-id.js';
import { resolvePlaceholders } from '../realm/read-realm.js';
import type { RealmRepresentation } from '../realm/realm.js';
import { personasOf } from '../realm/with-personas.js';
import { createAccounts } from './accounts.js';
import { createDocumentAdapter } from './document-adapter.js';
import { answerStoreAway } from './http/store-away.js';
import { createRealmRouter, languageOf } from './http/realm-router.js';
import { createLoginFailures } from './login-failures.js';
import { openLinkedPeople } from './national-id/linked-people.js';
import { BROKER_PATH, nationalIdRoutes } from './http/national-id-routes.js';
import { createUpstream } from './national-id/upstream.js';
import { allowPasswordGrant, type PasswordGrantOptions } from './password-grant.js';
import { providerConfiguration } from './provider-configuration.js';
import { redirectAllowed } from './redirect-match.js';
import { openRealmSecrets, publicKeys } from './realm-secrets.js';
import { refuseUnsafePlaces } from './refuse-unsafe.js';

export interface EmbeddedIdentityOptions {
  /** The realm with its personas (`withPersonas`). Its placeholders are filled from `environment`. */
  readonly realm: RealmRepresentation;
  /** Origin at which people reach the sandbox, such as `http://localhost:4000`. */
  readonly publicUrl: string;
  /** Sessions, codes and keys live here: they survive a restart. */
  readonly documents: DocumentStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly allowBeyondLoopback?: boolean;
  /** Told of each attempt with a password, before it is answered. */
  readonly note?: PasswordGrantOptions['note'];
  /** The address it listens on; every one that is not loopback counts as beyond. */
  readonly host?: string;
  /** What the personas are called for the reader of the picker; as in the realm when absent. */
  readonly calledHere?: (personas: readonly PersonaIdentity[]) => Promise<readonly PersonaIdentity[]>;
  readonly nationalId?: {
    /** Reaches the upstream provider. */
    readonly fetch: typeof fetch;
    /** Makes this relying party known to it, where that is ours to do. */
    readonly register?: (client: UpstreamClient) => Promise<void>;
  };
}

/** How the identity building block is to know the realm: see its client registration. */
export interface UpstreamClient {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly publicKey: JWK;
}

export interface EmbeddedIdentity {
  /** Mount at the root of the application, before any body parser. */
  readonly router: ReturnType<typeof createRealmRouter>;
  readonly issuer: string;
  /** Public keys, so that a verifier in the same process needs no network. */
  readonly keys: JSONWebKeySet;
  readonly verifier: TokenVerifier;
  readonly personas: readonly PersonaIdentity[];
}

/**
 * Serves the realm like Keycloak at `/realms/{realm}`, with a persona picker in place of passwords.
 * Raises GSB-CFG-001 in production, and beyond loopback unless allowed.
 */
export async function createEmbeddedIdentity({
  realm: realmFile,
  publicUrl,
  documents,
  clock,
  logger,
  environment = process.env,
  allowBeyondLoopback = false,
  note,
  host,
  calledHere,
  nationalId = { fetch },
}: EmbeddedIdentityOptions): Promise<EmbeddedIdentity> {
  refuseUnsafePlaces({ publicUrl, host, nodeEnv: environment.NODE_ENV, allowBeyondLoopback });
  const origin = new URL(publicUrl).origin;
  const realm = resolvePlaceholders(realmFile, {
    ...environment,
    ...nationalIdEnvironment(environment),
    SANDBOX_PUBLIC_URL: origin,
  });
  const realmPath = `/realms/${realm.realm}`;
  const issuer = origin + realmPath;
  const secrets = await openRealmSecrets(documents, realm.realm);
  const keys = publicKeys(secrets);
  const accounts = createAccounts(realm);
  const personas = personasOf(realm);
  const verifier = createJoseVerifier({ issuer, keys: { kind: 'local', keys } });

  const adapter = createDocumentAdapter({
    documents,
    clock,
    idleSeconds: { Session: realm.ssoSessionIdleTimeout },
  });
  const configuration = providerConfiguration({
    realm,
    accounts,
    secrets,
    issuer,
    adapter,
    pickerPath: (interaction) => `${realmPath}/login/${interaction}`,
  });
  const provider = new Provider(issuer, configuration);
  provider.proxy = true;
  answerStoreAway(provider);
  matchRedirectsAsKeycloak(provider);
  tellPollingInterval(provider, realm.oauth2DevicePollingInterval);
  allowPasswordGrant(provider, {
    accounts,
    secrets,
    issuer,
    lifespan: realm.accessTokenLifespan,
    clock,
    failures: createLoginFailures(realm, documents, clock),
    ...(note === undefined ? {} : { note }),
  });
  provider.on('server_error', (_context, error) => {
    if (!isStoreUnavailable(error)) logger.error({ err: error }, 'the identity provider failed');
  });

  const upstream = nationalIdOf(realm);
  const redirectUri = `${issuer}${BROKER_PATH}`;
  const router = createRealmRouter({
    provider,
    realmPath,
    publicUrl,
    accounts,
    personas: async () => (await calledHere?.(personas)) ?? personas,
    verifier,
    nationalId:
      upstream &&
      nationalIdRoutes({
        provider,
        realmPath,
        secure: origin.startsWith('https:'),
        adapter,
        accounts,
        people: await openLinkedPeople(realm, accounts, documents),
        upstream: createUpstream({
          provider: upstream,
          signing: secrets.signing,
          redirectUri,
          clock,
          fetch: nationalId.fetch,
        }),
        register: async () => {
          const [publicKey] = keys.keys;
          const clientId = upstream.config.clientId;
          if (publicKey === undefined || clientId === undefined) return;
          await nationalId.register?.({ clientId, redirectUri, publicKey });
        },
        languageOf,
      }),
  });
  return { router, issuer, keys, verifier, personas };
}

/** RFC 8628, 3.2: oidc-provider leaves the interval out. */
function tellPollingInterval(provider: Provider, interval: number): void {
  provider.use(async (context: KoaContextWithOIDC, next: () => Promise<unknown>) => {
    await next();
    if (
      (context.oidc as KoaContextWithOIDC['oidc'] | undefined)?.route === 'device_authorization' &&
      context.status === 200
    )
      context.body = { ...(context.body as object), interval };
  });
}

function matchRedirectsAsKeycloak(provider: Provider): void {
  const { prototype } = provider.Client;
  prototype.redirectUriAllowed = function (address) {
    return redirectAllowed(this.redirectUris ?? [], address);
  };
  prototype.postLogoutRedirectUriAllowed = function (address) {
    return redirectAllowed(this.postLogoutRedirectUris ?? [], address);
  };
}

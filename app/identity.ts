import { fileURLToPath } from 'node:url';
import type { Router, Request, RequestHandler } from 'express';
import type { AuditLog } from '../contracts/audit.js';
import type { Block } from '../contracts/block.js';
import type { Clock } from '../contracts/clock.js';
import type { DocumentStore } from '../contracts/documents.js';
import { DEFAULT_WORKSPACE } from '../contracts/ids.js';
import { clients, REALM, type Guard, type Persona, type TokenVerifier } from '../contracts/identity.js';
import type { Logger } from '../contracts/logger.js';
import { clientSecretOf } from '../infra/identity/realm/client-secret.js';
import { nationalIdEnvironment } from '../infra/identity/realm/national-id.js';
import { readRealm, resolvePlaceholders } from '../infra/identity/realm/read-realm.js';
import { withPersonas } from '../infra/identity/realm/with-personas.js';
import { createSignIn } from '../orchestrator/identity/http/sign-in.js';
import { createDiscovery } from '../orchestrator/identity/provider-endpoints.js';
import { auditedSignIns } from './audited-sign-ins.js';
import type { SandboxConfig } from './config.js';
import type { Countries } from './countries.js';
import { createNationalId } from './national-id.js';
import { projectFile } from './project-file.js';

export interface IdentityParts {
  /** Routers for the root of the application, before any body parser. */
  readonly routers: readonly Router[];
  readonly guard: Guard<Request, RequestHandler>;
  readonly description: string;
}

export interface IdentityDeps {
  readonly config: SandboxConfig;
  readonly documents: DocumentStore;
  readonly personas: readonly Persona[];
  /** What the personas are called: in the default workspace, since sign-in is one for all, at the root. */
  readonly countries: Pick<Countries, 'useCases'>;
  readonly realClock: Clock;
  readonly logger: Logger;
  readonly environment: NodeJS.ProcessEnv;
  /** Where this process answers, for requests to itself. */
  readonly ownOrigin: string;
  readonly audit: Pick<AuditLog, 'record'>;
  /** The identity building block: the national identity, as long as SANDBOX_NATIONAL_ID_URL names no other. */
  readonly identityBlock: Block | undefined;
}

/** Keycloak when KEYCLOAK_URL is set, otherwise the same realm served from this process. */
export async function createIdentity(deps: IdentityDeps): Promise<IdentityParts> {
  const { config, documents, realClock, logger } = deps;
  const nationalId = createNationalId({ ...deps, url: deps.environment.SANDBOX_NATIONAL_ID_URL });
  const environment = {
    ...deps.environment,
    ...nationalIdEnvironment({ ...deps.environment, SANDBOX_NATIONAL_ID_URL: nationalId.url }),
    SANDBOX_PUBLIC_URL: config.publicUrl,
  };
  const realm = resolvePlaceholders(
    withPersonas(await readRealm(fileURLToPath(projectFile('infra/keycloak/realm.json'))), deps.personas),
    environment,
  );
  const { signedIn, byPassword } = auditedSignIns(deps.audit);
  const clientSecret = clientSecretOf(realm, clients.console);
  const signIn = (
    verifier: TokenVerifier,
    {
      issuer,
      backChannel,
      oneClick,
    }: { issuer: string; backChannel?: string | undefined; oneClick: boolean },
  ): ReturnType<typeof createSignIn> =>
    createSignIn({
      discovery: createDiscovery({ issuer, ...(backChannel === undefined ? {} : { backChannel }) }),
      oneClick,
      clientId: clients.console,
      clientSecret,
      publicUrl: config.publicUrl,
      verifier,
      documents,
      clock: realClock,
      note: signedIn,
      sessionSeconds: realm.ssoSessionIdleTimeout,
    });
  if (config.keycloakUrl !== undefined) {
    const issuer = `${config.keycloakUrl}/realms/${REALM}`;
    const verifier = await keycloakVerifier(config, issuer);
    const { router, guard } = signIn(verifier, {
      issuer,
      backChannel: config.keycloakInternalUrl,
      oneClick: false,
    });
    return { routers: [router], guard, description: `Keycloak at ${config.keycloakUrl}` };
  }
  const { createEmbeddedIdentity } = await import('../infra/identity/embedded/embedded-identity.js');
  const embedded = await createEmbeddedIdentity({
    realm,
    publicUrl: config.publicUrl,
    documents,
    clock: realClock,
    logger,
    environment,
    note: byPassword,
    host: config.host,
    allowBeyondLoopback: config.share,
    nationalId,
    calledHere: async (personas) => {
      const useCases = await deps.countries.useCases(DEFAULT_WORKSPACE);
      const here = new Map(
        useCases.flatMap((useCase) => useCase.personas).map((persona) => [persona.id, persona]),
      );
      return personas.map((persona) => {
        const { name, title, story } = here.get(persona.id) ?? persona;
        return { ...persona, name, title, story };
      });
    },
  });
  const { router, guard } = signIn(embedded.verifier, {
    issuer: embedded.issuer,
    backChannel: deps.ownOrigin,
    oneClick: true,
  });
  return { routers: [embedded.router, router], guard, description: 'embedded' };
}

async function keycloakVerifier(config: SandboxConfig, issuer: string): Promise<TokenVerifier> {
  const inside = `${config.keycloakInternalUrl ?? config.keycloakUrl ?? ''}/realms/${REALM}`;
  const keys = { kind: 'remote', url: `${inside}/protocol/openid-connect/certs` } as const;
  if (config.keycloakConnect) {
    const { createKeycloakConnectVerifier } =
      await import('../infra/identity/keycloak/keycloak-connect-verifier.js');
    return createKeycloakConnectVerifier({ issuer, keys });
  }
  const { createJoseVerifier } = await import('../infra/identity/jose-verifier.js');
  return createJoseVerifier({ issuer, keys });
}

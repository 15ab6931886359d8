import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { clients, REALM } from '../../contracts/identity.js';
import { SandboxError } from '../../contracts/problems.js';
import { clientSecretOf } from '../../infra/identity/realm/client-secret.js';
import { readRealm, resolvePlaceholders } from '../../infra/identity/realm/read-realm.js';
import { projectFile } from '../project-file.js';
import type { KeycloakFacts } from './services.js';

const PATIENCE_MS = 5_000;

/** Asks a Keycloak for its realm and for a token. Raises GSB-CFG-007 when it does not answer. */
export async function lookAtKeycloak(options: {
  readonly url: string;
  /** How this machine reaches it. */
  readonly insideUrl: string;
  readonly environment: NodeJS.ProcessEnv;
}): Promise<KeycloakFacts> {
  const { url, insideUrl, environment } = options;
  const realm = `${insideUrl}/realms/${REALM}`;
  const ask = (address: string, init: RequestInit = {}): Promise<Response> =>
    fetch(address, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
  const answer = await ask(`${realm}/.well-known/openid-configuration`).catch((cause: unknown) => {
    throw new SandboxError('GSB-CFG-007', { detail: `KEYCLOAK_URL: ${insideUrl} does not answer.`, cause });
  });
  const date = Date.parse(answer.headers.get('date') ?? '');
  // The header counts whole seconds.
  const skewMs = Number.isNaN(date) ? 0 : date + 500 - Date.now();
  const facts = { url, expectedIssuer: `${url}/realms/${REALM}`, skewMs } as const;
  if (!answer.ok) return { ...facts, realm: 'missing', audience: undefined };
  const { issuer } = (await answer.json()) as { readonly issuer?: unknown };
  const definition = resolvePlaceholders(
    await readRealm(fileURLToPath(projectFile('infra/keycloak/realm.json'))),
    environment,
  );
  const token = await ask(`${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clients.runtime,
      client_secret: clientSecretOf(definition, clients.runtime),
    }),
  });
  const body = (await token.json().catch(() => ({}))) as { readonly access_token?: unknown };
  return {
    ...facts,
    realm: 'there',
    ...(typeof issuer === 'string' ? { issuer } : {}),
    audience: typeof body.access_token === 'string' ? audienceOf(body.access_token) : 'refused',
  };
}

function audienceOf(token: string): readonly string[] {
  const { aud } = decodeJwt(token);
  return aud === undefined ? [] : Array.isArray(aud) ? aud : [aud];
}

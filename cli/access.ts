import { createPasswordTokens } from '../app/project.js';
import { DEFAULT_WORKSPACE } from '../contracts/ids.js';
import { clients, REALM } from '../contracts/identity.js';
import { createApiClient, type ApiClient } from './api-client.js';
import { createRealClock } from './real-clock.js';

/** A running sandbox as its personas reach it, in this process or in another. */
export interface Access {
  as(persona: string): ApiClient;
  /** Where the workspace's tree begins. */
  readonly root: string;
  /** A bearer token of a persona. */
  readonly tokenOf: (persona: string) => Promise<string>;
  /** A building block past the mediator, as a developer reaches it. */
  block(persona: string, block: string): ApiClient;
  /** True while neither runs nor blocks have anything in hand. */
  quiet(): Promise<boolean>;
}

export interface AccessOptions {
  /** Where it answers, such as http://127.0.0.1:4000. */
  readonly origin: string;
  /** Another workspace than the default one. */
  readonly workspace?: string | undefined;
  /** Where the realm is, when that is somewhere else: KEYCLOAK_URL. */
  readonly realmOrigin?: string | undefined;
  readonly request?: typeof fetch;
  /** One token for whatever persona is asked for: of a sign-in, or of a client. */
  readonly token?: (() => Promise<string>) | undefined;
}

/** Everything over HTTP: each persona signs in with the password grant, and tokens renew themselves. */
export function createAccess({
  origin,
  workspace,
  realmOrigin = origin,
  request = fetch,
  token,
}: AccessOptions): Access {
  const root = workspaceRoot(origin, workspace);
  const tokens = createPasswordTokens({
    tokenEndpoint: `${realmOrigin}/realms/${REALM}/protocol/openid-connect/token`,
    clientId: clients.cli,
    clock: createRealClock(),
    fetch: request,
  });
  const tokenOf = token ?? ((persona: string) => tokens.tokenOf(persona));
  const known = new Map<string, ApiClient>();
  return {
    root,
    tokenOf,
    as: (persona) => {
      const client =
        known.get(persona) ?? createApiClient(`${root}/api/v1`, () => tokenOf(persona), {}, request);
      known.set(persona, client);
      return client;
    },
    block: (persona, block) =>
      createApiClient(
        `${root}/blocks/${block}`,
        () => tokenOf(persona),
        { 'information-mediator-client': 'SANDBOX/GOV/TRAINING/CONSOLE' },
        request,
      ),
    quiet: async () => {
      const answer = await request(`${root}/ready`);
      const { quiet } = (await answer.json()) as { quiet?: boolean };
      return quiet === true;
    },
  };
}

/** Where the tree of a workspace begins: `--workspace`, or SANDBOX_WORKSPACE, or the default one. */
export function workspaceRoot(origin: string, given?: string): string {
  const workspace = workspaceNamed(given);
  return workspace === DEFAULT_WORKSPACE ? origin : `${origin}/w/${encodeURIComponent(workspace)}`;
}

/** The workspace that is meant: the one named, that of SANDBOX_WORKSPACE, or the default one. */
export function workspaceNamed(workspace = process.env['SANDBOX_WORKSPACE']): string {
  return workspace === undefined || workspace === '' ? DEFAULT_WORKSPACE : workspace;
}

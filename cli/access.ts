import { createPasswordTokens } from '../app/project.js';
import { clients, REALM } from '../contracts/identity.js';
import { createApiClient, type ApiClient } from './api-client.js';
import { createRealClock } from './real-clock.js';

/** A running sandbox as its personas reach it, in this process or in another. */
export interface Access {
  as(persona: string): ApiClient;
  /** A building block past the mediator, as a developer reaches it. */
  block(persona: string, block: string): ApiClient;
  /** True while neither runs nor blocks have anything in hand. */
  quiet(): Promise<boolean>;
}

export interface AccessOptions {
  /** Where it answers, such as http://127.0.0.1:4000. */
  readonly origin: string;
  /** Where the realm is, when that is somewhere else: KEYCLOAK_URL. */
  readonly realmOrigin?: string | undefined;
  readonly request?: typeof fetch;
}

/** Everything over HTTP: each persona signs in with the password grant, and tokens renew themselves. */
export function createAccess({ origin, realmOrigin = origin, request = fetch }: AccessOptions): Access {
  const tokens = createPasswordTokens({
    tokenEndpoint: `${realmOrigin}/realms/${REALM}/protocol/openid-connect/token`,
    clientId: clients.cli,
    clock: createRealClock(),
    fetch: request,
  });
  const known = new Map<string, ApiClient>();
  return {
    as: (persona) => {
      const client =
        known.get(persona) ?? createApiClient(`${origin}/api/v1`, () => tokens.tokenOf(persona), {}, request);
      known.set(persona, client);
      return client;
    },
    block: (persona, block) =>
      createApiClient(
        `${origin}/blocks/${block}`,
        () => tokens.tokenOf(persona),
        { 'information-mediator-client': 'SANDBOX/GOV/TRAINING/CONSOLE' },
        request,
      ),
    quiet: async () => {
      const answer = await request(`${origin}/ready`);
      const { quiet } = (await answer.json()) as { quiet?: boolean };
      return quiet === true;
    },
  };
}

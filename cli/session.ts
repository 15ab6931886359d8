import { createRealClock } from './real-clock.js';
import type { Persona } from '../contracts/identity.js';
import { clients, REALM } from '../contracts/identity.js';
import { startSandbox, type Sandbox } from '../app/sandbox.js';
import type { SandboxConfig } from '../app/config.js';
import { createPasswordTokens } from '../app/project.js';
import type { Logger } from '../contracts/logger.js';
import { createApiClient, type ApiClient } from './api-client.js';

/** A sandbox in this process together with its personas: what `up` and `run` work with. */
export interface Session {
  readonly sandbox: Sandbox;
  as(persona: string): ApiClient;
  /** A building block past the mediator, as a developer reaches it. */
  block(persona: string, block: string): ApiClient;
  close(): Promise<void>;
}

export async function openSession(config: SandboxConfig, logger: Logger): Promise<Session> {
  const clock = createRealClock();
  const sandbox = await startSandbox({ config, logger, realClock: clock });
  const realm = config.keycloakUrl ?? sandbox.origin;
  const tokens = createPasswordTokens({
    tokenEndpoint: `${realm}/realms/${REALM}/protocol/openid-connect/token`,
    clientId: clients.cli,
    clock,
  });
  const known = new Map<string, ApiClient>();
  return {
    sandbox,
    as: (persona) => {
      const client =
        known.get(persona) ?? createApiClient(`${sandbox.origin}/api/v1`, () => tokens.tokenOf(persona));
      known.set(persona, client);
      return client;
    },
    block: (persona, block) =>
      createApiClient(`${sandbox.origin}/blocks/${block}`, () => tokens.tokenOf(persona), {
        'information-mediator-client': 'SANDBOX/GOV/TRAINING/CONSOLE',
      }),
    close: () => sandbox.close(),
  };
}

/** The persona that looks on: the first trainer. */
export function trainerOf(personas: readonly Persona[]): string {
  return personas.find(({ roles }) => roles.includes('trainer'))?.id ?? 'trainer';
}

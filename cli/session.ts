import type { SandboxConfig } from '../app/config.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../app/sandbox.js';
import { workspaceIdSchema, type WorkspaceId } from '../contracts/ids.js';
import type { Persona } from '../contracts/identity.js';
import type { Logger } from '../contracts/logger.js';
import { createAccess, workspaceNamed, type Access } from './access.js';
import { createRealClock } from './real-clock.js';

/** A sandbox in this process together with its personas: what `up` and `run` work with. */
export interface Session extends Access {
  readonly sandbox: Sandbox;
  readonly workspace: WorkspaceId;
  close(): Promise<void>;
}

/** `useCaseFolder` replaces the project's own `usecases/`; with `watch` it is watched. */
export async function openSession(
  config: SandboxConfig,
  logger: Logger,
  useCaseFolder?: string,
  watch?: SandboxOptions['watch'],
  workspace?: string,
): Promise<Session> {
  const sandbox = await startSandbox({
    config,
    logger,
    realClock: createRealClock(),
    ...(useCaseFolder === undefined ? {} : { useCaseFolder }),
    ...(watch === undefined ? {} : { watch }),
  });
  const access = createAccess({ origin: sandbox.origin, workspace, realmOrigin: config.keycloakUrl });
  return {
    ...access,
    sandbox,
    workspace: workspaceIdSchema.parse(workspaceNamed(workspace)),
    quiet: () => sandbox.quiet(),
    close: () => sandbox.close(),
  };
}

/** The persona that looks on: the first trainer. */
export function trainerOf(personas: readonly Persona[]): string {
  return personas.find(({ roles }) => roles.includes('trainer'))?.id ?? 'trainer';
}

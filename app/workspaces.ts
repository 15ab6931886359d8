import { randomInt } from 'node:crypto';
import type { Clock } from '../contracts/clock.js';
import type { Digest } from '../contracts/digest.js';
import type { DocumentStore } from '../contracts/documents.js';
import type { Limits } from '../contracts/limits.js';
import type { Logger } from '../contracts/logger.js';
import type { Sealer } from '../mocks/information-mediator/seal.js';
import type { WorkspacePorts } from '../orchestrator/http/ports/workspace-ports.js';
import type { Runtime } from '../orchestrator/runtime/runtime.js';
import { createJoinThrottle } from '../orchestrator/workspaces/join-throttle.js';
import { createSnapshots } from '../orchestrator/workspaces/snapshots.js';
import { createWorkspaces, type Workspaces } from '../orchestrator/workspaces/workspaces.js';
import { workspaceTag, workspaceUrl } from './callback-url.js';
import type { Countries } from './countries.js';
import { createOpenWorkspaces, type OpenWorkspaces } from './open-workspaces.js';
import { createWorkspacePorts } from './ports/workspaces.js';
import { createWorkspaceUpkeep, type UpkeepDeps, type WorkspaceUpkeep } from './workspace-upkeep.js';

/** The register of the workspaces, as the server and its workers open it. */
export function openRegister(deps: {
  readonly documents: DocumentStore;
  readonly realClock: Clock;
  readonly limits: Limits;
  readonly digest: Digest;
}): Workspaces {
  return createWorkspaces({
    ...deps,
    randomText: (alphabet, length) =>
      Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? '').join(''),
    tagOf: (workspace) => workspaceTag(deps.digest, workspace),
  });
}

/** Everything about workspaces as a whole, put together. */
export function composeWorkspaces(
  deps: Omit<UpkeepDeps, 'snapshots' | 'pause' | 'runtime'> & {
    readonly runtime: Runtime;
    readonly sealer: Sealer;
    readonly logger: Logger;
    readonly publicUrl: string;
    readonly countries: Countries;
  },
): { readonly upkeep: WorkspaceUpkeep; readonly open: OpenWorkspaces; readonly ports: WorkspacePorts } {
  const snapshots = createSnapshots({ documents: deps.documents });
  const upkeep = createWorkspaceUpkeep({ ...deps, snapshots, pause });
  const open = createOpenWorkspaces({ ...deps, upkeep, schedules: deps.runtime.schedules });
  const ports = createWorkspacePorts({
    workspaces: deps.workspaces,
    snapshots,
    upkeep,
    countries: deps.countries,
    open: (workspace) => open.open(workspace),
    throttle: createJoinThrottle({ realClock: deps.realClock, pause }),
    urlOf: (workspace) => workspaceUrl(deps.publicUrl, workspace),
  });
  return { upkeep, open, ports };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

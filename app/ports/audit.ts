import type { AuditLog, AuditScope } from '../../contracts/audit.js';
import type { Principal } from '../../contracts/identity.js';
import { DEFAULT_WORKSPACE, type WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import type { AuditPorts } from '../../orchestrator/http/ports/audit-ports.js';
import type { WorkspacePorts } from '../../orchestrator/http/ports/workspace-ports.js';

/** A trainer reads the log of a workspace that they manage, and of the default one; administrators read all. */
export function createAuditPorts(deps: {
  readonly audit: AuditLog;
  readonly workspaces: Pick<WorkspacePorts, 'managed'>;
}): AuditPorts {
  const scopeFor = async (workspace: WorkspaceId | undefined, by: Principal): Promise<AuditScope> => {
    if (by.roles.includes('administrator')) return workspace ?? 'installation';
    if (workspace === undefined)
      throw new SandboxError('GSB-AUT-002', {
        detail: 'The audit log of the installation needs the role administrator.',
      });
    if (workspace !== DEFAULT_WORKSPACE) await deps.workspaces.managed(workspace, by);
    return workspace;
  };
  return {
    list: async (workspace, query, by) => deps.audit.list(await scopeFor(workspace, by), query),
    check: async (workspace, by) => deps.audit.check(await scopeFor(workspace, by)),
  };
}

import type { AuditCheck, AuditPage, AuditQuery } from '../../../contracts/audit.js';
import type { Principal } from '../../../contracts/identity.js';
import type { WorkspaceId } from '../../../contracts/ids.js';

/** What was changed, by whom. */
export interface AuditPorts {
  /**
   * Of a workspace, or of the installation when `undefined`. GSB-AUT-002 for who is neither its trainer nor an
   * administrator; the log of the installation is for administrators only.
   */
  list(workspace: WorkspaceId | undefined, query: AuditQuery, by: Principal): Promise<AuditPage>;
  check(workspace: WorkspaceId | undefined, by: Principal): Promise<AuditCheck>;
}

import type { CountryView } from '../../../contracts/country.js';
import type { Principal } from '../../../contracts/identity.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type {
  NewWorkspace,
  SnapshotView,
  WorkspaceChange,
  WorkspaceReset,
  WorkspaceView,
} from '../../../contracts/workspace.js';

/**
 * The workspaces of the installation. `managed` stands before everything that names one: GSB-REQ-002 in the same words
 * for an id that never was, one that is over, and one that is somebody else's.
 */
export interface WorkspacePorts {
  list(by: Principal): Promise<readonly WorkspaceView[]>;
  create(wanted: NewWorkspace, by: Principal): Promise<WorkspaceView>;
  managed(id: string, by: Principal): Promise<WorkspaceView>;
  change(id: WorkspaceId, change: WorkspaceChange): Promise<WorkspaceView>;
  remove(id: WorkspaceId, by: Principal): Promise<void>;
  /** Empties it and begins anew. GSB-REQ-001 for a country that there is not. */
  reset(id: WorkspaceId, by: Principal, as: WorkspaceReset): Promise<void>;
  /** Those that a workspace can be in, and the one that this workspace is in. */
  countries(
    id: WorkspaceId,
  ): Promise<{ readonly current: string; readonly countries: readonly CountryView[] }>;
  /** GSB-REQ-002 for a wrong code, GSB-REQ-005 after too many of one address. */
  join(code: string, address: string): Promise<Pick<WorkspaceView, 'id' | 'url' | 'title'>>;
  snapshots(id: WorkspaceId): Promise<readonly SnapshotView[]>;
  takeSnapshot(id: WorkspaceId, name: string, by: Principal): Promise<SnapshotView>;
  restore(id: WorkspaceId, name: string, by: Principal): Promise<void>;
  removeSnapshot(id: WorkspaceId, name: string): Promise<void>;
  /** Gzipped, in pieces. */
  exportFile(id: WorkspaceId, payloads: boolean): Promise<readonly Buffer[]>;
  /** A gzipped file, or what was in one. GSB-REQ-001 for what is neither. */
  importFile(file: unknown, by: Principal): Promise<WorkspaceView>;
}

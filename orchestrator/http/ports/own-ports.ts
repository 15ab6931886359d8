import type { WorkspaceId } from '../../../contracts/ids.js';
import type { Json } from '../../../contracts/json.js';
import type { Principal } from '../../../contracts/identity.js';

/** What reached a person themself. Empty for whoever is no citizen. */
export interface OwnPorts {
  /** Messages to the phone that is known of the person, newest first. */
  messages(workspace: WorkspaceId, of: Principal): Promise<readonly Json[]>;
  /** Credits to the programme numbers in the person's cases, newest first. */
  payments(workspace: WorkspaceId, of: Principal): Promise<readonly Json[]>;
}

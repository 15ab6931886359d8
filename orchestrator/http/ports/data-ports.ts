import type { Principal } from '../../../contracts/identity.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { JsonObject } from '../../../contracts/json.js';

/** What is done to the data of the installation, or of one person in it. */
export interface DataPorts {
  /** Backs everything up to a file of its own, while nothing goes on; `done` removes the file. */
  backup(): Promise<{ readonly file: string; readonly done: () => Promise<void> }>;
  /** GSB-REQ-002 for a person of whom nothing is kept; GSB-REQ-003 while others' runs have the person in hand. */
  erase(workspace: WorkspaceId, person: string, reason: string, by: Principal): Promise<JsonObject>;
}

import type { Case } from '../../../contracts/case.js';
import type { CaseFile } from '../../../contracts/case-file.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';

export interface CaseFilePorts {
  /** The case with those that it crosses, as far as this person may see them. */
  write(
    workspace: WorkspaceId,
    root: Case,
    options: {
      /** With what was said in calls. */
      readonly payloads: boolean;
      readonly maySee: (of: Case) => boolean;
      readonly by: Principal;
    },
  ): Promise<CaseFile>;
}

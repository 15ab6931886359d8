import type { BlockId } from '../../../contracts/block.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { RequestJournal } from '../../../contracts/request-journal.js';

/** The journal of requests to building blocks. Each raises GSB-REQ-002 where none is kept. */
export interface RequestJournalPorts extends Pick<RequestJournal, 'list' | 'get' | 'follow' | 'clear'> {
  /** Where a block of the workspace answers past the mediator, and where the mediator's services are. */
  readonly addresses: (workspace: WorkspaceId) => {
    readonly block: (block: BlockId) => string;
    readonly mediator: string;
  };
}

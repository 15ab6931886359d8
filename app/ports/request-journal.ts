import type { WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import type { RequestJournal } from '../../contracts/request-journal.js';
import type { RequestJournalPorts } from '../../orchestrator/http/ports/request-journal-ports.js';

/** `api` says where the API of a workspace is; its blocks and its mediator are beside it. */
export function createRequestJournalPorts({
  requests,
  api,
}: {
  readonly requests: RequestJournal | undefined;
  readonly api: (workspace: string) => string;
}): RequestJournalPorts {
  const kept = (): RequestJournal => {
    if (requests !== undefined) return requests;
    throw new SandboxError('GSB-REQ-002', {
      detail: 'No journal of requests is kept here: SANDBOX_KEEP_REQUESTS is 0.',
    });
  };
  return {
    list: async (...asked) => kept().list(...asked),
    get: async (...asked) => kept().get(...asked),
    follow: async (...asked) => kept().follow(...asked),
    clear: async (...asked) => kept().clear(...asked),
    addresses: (workspace: WorkspaceId) => {
      const root = api(workspace).replace(/\/api\/v1$/, '');
      return { block: (block) => `${root}/blocks/${block}`, mediator: `${root}/r1` };
    },
  };
}

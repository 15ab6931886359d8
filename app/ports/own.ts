import { isJsonObject, type Json } from '../../contracts/json.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { OwnPorts } from '../../orchestrator/http/ports/own-ports.js';
import type { Runtime } from '../../orchestrator/runtime/runtime.js';
import type { Countries } from '../countries.js';

export interface OwnPortDeps {
  readonly useCases: Countries['useCases'];
  readonly runtime: Pick<Runtime, 'search'>;
  readonly messages: (workspace: WorkspaceId, recipient: string) => Promise<readonly Json[]>;
  readonly ledger: (workspace: WorkspaceId, payeeIdentity: string) => Promise<readonly Json[]>;
}

const CASES = 200;

/** A person is known to messaging by the phone of their persona, and to payments by the functional IDs of their cases. */
export function createOwnPorts({ useCases, runtime, messages, ledger }: OwnPortDeps): OwnPorts {
  return {
    messages: async (workspace, { person }) => {
      if (person === undefined) return [];
      const phones = (await useCases(workspace))
        .flatMap(({ personas }) => personas)
        .flatMap((one) => (one.person === person && one.phone !== undefined ? [one.phone] : []));
      const found = await Promise.all([...new Set(phones)].map((phone) => messages(workspace, phone)));
      return newestFirst(found.flat());
    },
    payments: async (workspace, { person }) => {
      if (person === undefined) return [];
      const { found } = await runtime.search.cases(workspace, { person, limit: CASES });
      const numbers = found.flatMap(({ facts: { functionalId } }) =>
        typeof functionalId === 'string' ? [functionalId] : [],
      );
      const paid = await Promise.all([...new Set(numbers)].map((number) => ledger(workspace, number)));
      return newestFirst(paid.flat());
    },
  };
}

function newestFirst(entries: readonly Json[]): readonly Json[] {
  const at = (entry: Json): string =>
    isJsonObject(entry) && typeof entry['at'] === 'string' ? entry['at'] : '';
  return [...entries].sort((one, other) => at(other).localeCompare(at(one)));
}

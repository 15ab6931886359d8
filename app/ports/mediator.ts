import type { Clock } from '../../contracts/clock.js';
import type { Digest } from '../../contracts/digest.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import { streams } from '../../contracts/streams.js';
import type { WorkspaceEvent } from '../../contracts/workspace-event.js';
import type { AccessRights } from '../../mocks/information-mediator/access-rights.js';
import { exportLog } from '../../mocks/information-mediator/exported-log.js';
import type { Sealer } from '../../mocks/information-mediator/seal.js';
import type { MediatorPorts } from '../../orchestrator/http/ports/mediator-ports.js';
import type { Runtime } from '../../orchestrator/runtime/runtime.js';
import type { MovableClocks } from '../../orchestrator/workspaces/workspace-clocks.js';
import type { ExchangeIndex } from '../exchange-index.js';
import { createPersonAccesses } from '../person-accesses.js';
import { createPersonConsents, type PersonConsentDeps } from '../person-consents.js';
import type { UseCaseCatalog } from '../use-case-catalog.js';

export interface MediatorPortDeps {
  readonly rights: AccessRights;
  readonly consents: PersonConsentDeps['consents'];
  readonly sealer: Pick<Sealer, 'seal'>;
  readonly journal: Journal;
  readonly clocks: Pick<MovableClocks, 'of'>;
  readonly realClock: Clock;
  readonly digest: Digest;
  readonly exchanges: ExchangeIndex;
  readonly runtime: Pick<Runtime, 'persons' | 'cases' | 'search'>;
  readonly catalog: Pick<UseCaseCatalog, 'useCases'>;
}

type RightEvent = Extract<WorkspaceEvent, { readonly type: `access-right.${string}` }>;
type Note = RightEvent extends infer E ? (E extends unknown ? Omit<E, 'time' | 'at'> : never) : never;

/** Each change of a right is noted in the workspace's log: by whom, and why. */
export function createMediatorPorts(deps: MediatorPortDeps): MediatorPorts {
  const { rights, journal, sealer } = deps;

  const note = async (workspace: WorkspaceId, event: Note): Promise<void> => {
    const time = deps.clocks.of(workspace).now().toISOString();
    const noted = { ...event, time, at: deps.realClock.now().toISOString() };
    await journal.append(streams.log(workspace), 'any', [{ event: noted }]);
  };
  const change =
    (
      type: 'access-right.revoked' | 'access-right.granted',
      work: AccessRights['revoke'],
    ): MediatorPorts['rights']['revoke'] =>
    async (workspace, id, { by, why, operations }) => {
      const right = await work(workspace, id, { by: by.username, why, operations });
      const { client, service } = right;
      await note(workspace, {
        type,
        right: right.id,
        client,
        service,
        ...(operations === undefined ? {} : { operations }),
        by: by.username,
        ...(why === undefined ? {} : { why }),
      });
      return right;
    };

  return {
    rights: {
      list: (workspace) => rights.list(workspace),
      revoke: change('access-right.revoked', (...given) => rights.revoke(...given)),
      grant: change('access-right.granted', (...given) => rights.grant(...given)),
      add: (workspace, right, asked) => {
        const add = change('access-right.granted', (_workspace, _id, request) =>
          rights.add(workspace, right, request),
        );
        return add(workspace, '', asked);
      },
      restore: async (workspace, { by, why }) => {
        const restored = await rights.restore(workspace);
        await note(workspace, {
          type: 'access-right.restored',
          restored,
          by: by.username,
          ...(why === undefined ? {} : { why }),
        });
        return restored;
      },
    },
    exportLog: async (workspace) => {
      // What no seal covers could be changed in the file unnoticed.
      await sealer.seal(workspace);
      return exportLog(journal, workspace);
    },
    accesses: createPersonAccesses(deps),
    consents: createPersonConsents(deps),
  };
}

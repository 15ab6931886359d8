import type { Block, BlockDeps } from '../../contracts/block.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { collections } from './collections.js';
import { ringAlert } from './alerts.js';
import { kindNames, kinds, type Kind } from './kinds.js';
import { createAppointment } from './operations/create-appointment.js';
import { createEvent } from './operations/create-event.js';
import { createItem } from './operations/create-item.js';
import { deleteItem } from './operations/delete-item.js';
import { listItems } from './operations/list-items.js';
import { modifyItem } from './operations/modify-item.js';
import { resourceAvailability } from './operations/resource-availability.js';
import { createQryReader, type QryReader } from './qry.js';
import { seedScheduler } from './seeds.js';
import { openSchedulerState, type SchedulerOperation, type SchedulerState } from './state.js';

/** The scheduler building block (bb-scheduler 1.0.0), simulated: its alerts ring on the workspace clock. */
export function createSchedulerBlock(deps: BlockDeps): Block {
  const openapi = loadOpenApi(import.meta.url, './openapi.yaml');
  const readQry = createQryReader(openapi);
  return createContractBlock<SchedulerState>(
    {
      id: 'scheduler',
      title: 'Scheduler',
      openapi,
      state: openSchedulerState,
      seed: seedScheduler,
      collections,
      operations: {
        ...Object.fromEntries(kindNames.flatMap((name) => operationsOf(kinds[name], readQry))),
        resourceAvailability: resourceAvailability(readQry),
      },
      jobs: { alert: ringAlert },
    },
    deps,
  );
}

function operationsOf(kind: Kind, readQry: QryReader): readonly (readonly [string, SchedulerOperation])[] {
  return [
    [`${kind.operation}New`, creationOf(kind, readQry)],
    [`${kind.operation}Modify`, modifyItem(kind, readQry)],
    [`${kind.operation}Delete`, deleteItem(kind)],
    [`${kind.operation}List`, listItems(kind, readQry)],
  ];
}

function creationOf(kind: Kind, readQry: QryReader): SchedulerOperation {
  if (kind.name === 'event') return createEvent(readQry);
  if (kind.name === 'appointment') return createAppointment(readQry);
  return createItem(kind, readQry);
}

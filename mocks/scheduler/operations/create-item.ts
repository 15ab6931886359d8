import type { JsonObject } from '../../../contracts/json.js';
import { alarmOf } from '../alerts.js';
import { createdText, mintId } from '../answers.js';
import type { Kind } from '../kinds.js';
import type { QryReader } from '../qry.js';
import { assertDetails } from '../references.js';
import type { Item, SchedulerOperation } from '../state.js';

/** bb-scheduler, new: for the kinds that are created one at a time. */
export function createItem(kind: Kind, readQry: QryReader): SchedulerOperation {
  return async (context) => {
    const details = readQry(context)[kind.newMember] as JsonObject;
    await assertDetails(context.state, kind, details);
    const item: Item = { _id: mintId(kind, context.key, 0), details, deleted: false };
    return {
      status: 200,
      rule: 'created',
      body: createdText(kind, [item._id]),
      effects: [{ kind: 'put', collection: kind.name, doc: item }],
      jobs: kind.name === 'alert_schedule' ? [alarmOf(item._id, details)] : [],
    };
  };
}

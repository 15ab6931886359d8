import type { JsonObject } from '../../../contracts/json.js';
import { createdText, mintId } from '../answers.js';
import { kinds } from '../kinds.js';
import type { QryReader } from '../qry.js';
import { assertDetails } from '../references.js';
import type { Item, SchedulerOperation } from '../state.js';

/** bb-scheduler, /event/new: one event for each slot, with all other details alike; without slots, one without a time. */
export function createEvent(readQry: QryReader): SchedulerOperation {
  return async (context) => {
    const { slots, ...shared } = readQry(context).details as JsonObject & { slots?: readonly JsonObject[] };
    const times: readonly JsonObject[] = slots === undefined || slots.length === 0 ? [{}] : slots;
    const items = times.map((slot, index): Item => ({
      _id: mintId(kinds.event, context.key, index),
      details: { status: 'open', ...shared, ...slot },
      deleted: false,
    }));
    for (const { details } of items) await assertDetails(context.state, kinds.event, details);
    return {
      status: 200,
      rule: 'created',
      body: createdText(
        kinds.event,
        items.map(({ _id }) => _id),
      ),
      effects: items.map((doc) => ({ kind: 'put', collection: 'event', doc }) as const),
    };
  };
}

import type { JsonObject } from '../../../contracts/json.js';
import { alarmOf } from '../alerts.js';
import { notFound } from '../answers.js';
import { idName, type Kind } from '../kinds.js';
import type { QryReader } from '../qry.js';
import { assertDetails } from '../references.js';
import { readItem, type Item, type SchedulerOperation } from '../state.js';

/** bb-scheduler, modifications: the details that are given replace those that were. An alert that is moved rings at its new time only. */
export function modifyItem(kind: Kind, readQry: QryReader): SchedulerOperation {
  return async (context) => {
    const id = [context.query[idName(kind)] ?? ''].flat()[0] ?? '';
    const before = await readItem(context.state, kind.name, id);
    if (!before) throw notFound(idName(kind), id);
    const details: JsonObject = { ...before.details, ...(readQry(context).details as JsonObject) };
    await assertDetails(context.state, kind, details);
    const item: Item = { ...before, details };
    const moved = kind.name === 'alert_schedule' && details.alert_datetime !== before.details.alert_datetime;
    return {
      status: 200,
      rule: 'changed',
      effects: [{ kind: 'put', collection: kind.name, doc: item }],
      jobs: moved ? [alarmOf(id, details)] : [],
    };
  };
}

import type { JsonObject } from '../../../contracts/json.js';
import { idName, type Kind } from '../kinds.js';
import type { QryReader } from '../qry.js';
import { fits, shown } from '../selection.js';
import { readItems, type Item, type SchedulerOperation } from '../state.js';

/** bb-scheduler, list_details: what fits `..._filter`, with the details of `..._details_required`; a list within a list. */
export function listItems(kind: Kind, readQry: QryReader): SchedulerOperation {
  return async (context) => {
    const { state } = context;
    const qry = readQry(context);
    const filter = (qry[`${kind.name}_filter`] ?? {}) as JsonObject;
    const required = (qry[`${kind.name}_details_required`] ?? {}) as JsonObject;
    const list: JsonObject[] = [];
    for (const item of await candidates(filter)) {
      if (await fits(state, kind, item, filter)) list.push(await shown(state, kind, item, required));
    }
    return { status: 200, rule: 'listed', body: [list] };

    async function candidates({ [idName(kind)]: ids }: JsonObject): Promise<readonly Item[]> {
      if (ids === undefined) return readItems(state, kind.name);
      const found = await state[kind.name].getMany([ids].flat() as string[]);
      return found.filter(({ doc }) => !doc.deleted).map(({ doc }) => doc);
    }
  };
}

import { notFound } from '../answers.js';
import { idName, type Kind } from '../kinds.js';
import type { Item, SchedulerOperation } from '../state.js';

/** bb-scheduler, delete: one or several (commas). Deleting again succeeds; what never was is not found, and then nothing is deleted. */
export function deleteItem(kind: Kind): SchedulerOperation {
  return async ({ state, query }) => {
    const given = query[idName(kind)] ?? '';
    const ids = (typeof given === 'string' ? [given] : given)
      .flatMap((text) => text.split(','))
      .filter((id) => id !== '');
    const found = await state[kind.name].getMany([...new Set(ids)]);
    const known = new Map(found.map(({ doc }) => [doc._id, doc]));
    const missing = ids.find((id) => !known.has(id));
    if (missing !== undefined) throw notFound(idName(kind), missing);
    const docs = [...known.values()].filter(({ deleted }) => !deleted);
    return {
      status: 200,
      rule: docs.length === 0 ? 'repeated' : 'deleted',
      effects: docs.map((doc) => {
        const gone: Item = { ...doc, deleted: true };
        return { kind: 'put', collection: kind.name, doc: gone };
      }),
    };
  };
}

import { unknown } from '../answers.js';
import type { ConsentOperation } from '../state.js';
import { individualView } from '../views.js';

/** bb-consent, serviceIndividualRead. */
export const serviceIndividualRead: ConsentOperation = async ({ state, path }) => {
  const id = path.individualId ?? '';
  const found = await state.individuals.get(id);
  if (!found) return unknown('individualId', id);
  return { status: 200, rule: 'found', body: { individual: individualView(found.doc) } };
};

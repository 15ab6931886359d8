import { pageOf, queryText } from '../answers.js';
import type { ConsentOperation } from '../state.js';
import { individualView } from '../views.js';

/** bb-consent, serviceIndividualList; `externalId` narrows it (extension). */
export const serviceIndividualList: ConsentOperation = async (context) => {
  const { offset, limit } = pageOf(context);
  const externalId = queryText(context, 'externalId');
  const found = await context.state.individuals.find({
    ...(externalId === undefined ? {} : { filter: { externalId } }),
    limit: offset + limit,
  });
  const individuals = found.slice(offset).map(({ doc }) => individualView(doc));
  return { status: 200, rule: 'listed', body: { individuals } };
};

import { refuse } from '../answers.js';
import { mintId } from '../agreements.js';
import {
  findByExternalId,
  individualDoc,
  refuseClaimed,
  sameIndividual,
  type IndividualInput,
} from '../individuals.js';
import { names, type ConsentOperation } from '../state.js';
import { individualView } from '../views.js';

/** bb-consent, serviceIndividualCreate. Creating the same person again answers the person that is there. */
export const serviceIndividualCreate: ConsentOperation = async ({ state, body, key }) => {
  const { individual: input } = body as unknown as { individual: IndividualInput };
  const named = input.id === undefined || input.id === '' ? undefined : input.id;
  const known = named === undefined ? undefined : (await state.individuals.get(named))?.doc;
  const before = known ?? (await findByExternalId(state, input));
  const doc = individualDoc(before?._id ?? named ?? mintId('individual', key), input);
  if (before && (named === undefined || named === before._id) && sameIndividual(before, doc)) {
    return { status: 200, rule: 'repeated', body: { individual: individualView(before) } };
  }
  if (before) {
    const detail = `individual ${before._id} has this id or externalId with other values: update it instead`;
    return refuse('individual:exists', detail);
  }
  const claimed = await refuseClaimed(state, doc);
  if (claimed) return claimed;
  return {
    status: 200,
    rule: 'created',
    body: { individual: individualView(doc) },
    effects: [{ kind: 'put', collection: names.individuals, doc }],
  };
};

import { refuse, unknown } from '../answers.js';
import { individualDoc, refuseClaimed, type IndividualInput } from '../individuals.js';
import { liveEffects } from '../live.js';
import { names, type ConsentOperation } from '../state.js';
import { individualView } from '../views.js';

/**
 * bb-consent, serviceIndividualUpdate. Once somebody has decided on a consent, who they are cannot be exchanged
 * under it: identifiers may be added then, not changed.
 */
export const serviceIndividualUpdate: ConsentOperation = async ({ state, body, path, now }) => {
  const id = path.individualId ?? '';
  const { individual: input } = body as unknown as { individual: IndividualInput };
  const before = (await state.individuals.get(id))?.doc;
  if (!before) return unknown('individualId', id);
  const doc = individualDoc(id, { ...before, ...input });
  const claimed = await refuseClaimed(state, doc);
  if (claimed) return claimed;
  const records = await state.records.find({ filter: { individual: id } });
  const changed = (['externalId', 'externalIdType', 'identityProviderId'] as const).find(
    (name) => before[name] !== undefined && before[name] !== doc[name],
  );
  if (changed !== undefined && records.length > 0) {
    return refuse(
      'individual:bound',
      `individual.${changed} cannot change any more: consent records depend on it`,
    );
  }
  return {
    status: 200,
    rule: 'updated',
    body: { individual: individualView(doc) },
    effects: [
      { kind: 'put', collection: names.individuals, doc },
      ...records.flatMap((record) => liveEffects(record.doc, doc, now)),
    ],
  };
};

import { refuse } from '../answers.js';
import { agreementAnswer, agreementInputSchema, buildAgreement, mintId } from '../agreements.js';
import { historyOf } from '../history.js';
import { stableJson } from '../revisions.js';
import type { ConsentOperation } from '../state.js';
import { agreementView } from '../views.js';

/** bb-consent, configDataAgreementCreate. The same agreement again is answered as it is; another one under its id is refused. */
export const configDataAgreementCreate: ConsentOperation = async (context) => {
  const { dataAgreement } = context.body as unknown as { dataAgreement: unknown };
  const input = agreementInputSchema.parse(dataAgreement);
  const id = input.id ?? mintId('data-agreement', context.key);
  const before = (await context.state.agreements.get(id))?.doc;
  const created = buildAgreement(id, input, await historyOf(context, 'DataAgreement', id));
  if (!before) return agreementAnswer('created', created);
  if (before.deleted || stableJson(agreementView(before)) !== stableJson(agreementView(created.doc))) {
    return refuse(
      'data-agreement:exists',
      `dataAgreement.id ${id} was used before: update it, or choose another id`,
    );
  }
  const revision = (await context.state.revisions.get(before.revision))?.doc.revision ?? created.revision;
  return agreementAnswer('repeated', { doc: before, revision, effects: [] });
};

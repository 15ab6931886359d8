import type { Effect } from '../../kit/block-definition.js';
import { put } from '../../kit/effects.js';
import { queryText, refuse } from '../answers.js';
import { liveId } from '../live.js';
import { revisionPrefix } from '../revisions.js';
import { names, type AgreementDoc, type ConsentOperation, type RecordDoc } from '../state.js';
import { announce } from '../webhooks.js';

/**
 * bb-consent, serviceIndividualConsentRecordDeleteAll: the right to be forgotten. Records go under agreements that are
 * `forgettable`, and so do those on which nobody ever decided; with their revisions, since these repeat them. What
 * stays of a record is when it went: no attestation from before can bring it back.
 */
export const consentRecordDeleteAll: ConsentOperation = async (context) => {
  const { state, now } = context;
  const id = queryText(context, 'individualId') ?? context.headers['x-consentbb-individualid'];
  if (id === undefined)
    return refuse('required', 'header X-ConsentBB-IndividualId or query parameter individualId is required');
  const [individual, records] = await Promise.all([
    state.individuals.get(id),
    state.records.find({ filter: { individual: id } }),
  ]);
  const agreements = await state.agreements.getMany([...new Set(records.map(({ doc }) => doc.agreement))]);
  const agreementOf = new Map(agreements.map(({ doc }) => [doc._id, doc]));
  const going = records
    .map(({ doc }) => doc)
    .filter((record) => isForgettable(record, agreementOf.get(record.agreement)));
  const subject = individual?.doc.identityProviderId;
  const effects: Effect[] = [];
  for (const record of going) {
    const revisions = await state.revisions.find({ idPrefix: revisionPrefix('ConsentRecord', record._id) });
    effects.push(
      { kind: 'delete', collection: names.records, id: record._id },
      ...revisions.map(({ doc }): Effect => ({ kind: 'delete', collection: names.revisions, id: doc._id })),
      put(names.forgotten, { _id: record._id, at: now.toISOString() }),
      ...(subject === undefined
        ? []
        : [{ kind: 'delete', collection: names.live, id: liveId(record.agreement, subject) } as const]),
    );
  }
  const callbacks = await Promise.all(
    going.map((record) =>
      announce(context, 'consent.deleted', {
        id: `${record.revision} ${now.toISOString()}`,
        data: { consentRecordId: record._id, dataAgreementId: record.agreement },
      }),
    ),
  );
  return {
    status: 200,
    rule: going.length === 0 ? 'nothing-to-delete' : 'deleted',
    effects,
    callbacks: callbacks.flat(),
  };
};

function isForgettable(record: RecordDoc, agreement: AgreementDoc | undefined): boolean {
  const undecided =
    record.state === 'unsigned' && record.grantedAt === undefined && record.withdrawnAt === undefined;
  return undecided || agreement?.agreement.forgettable === true;
}

import type { JsonObject } from '../../contracts/json.js';
import { isLive } from './live.js';
import type { AgreementDoc, ConsentState, IndividualDoc, RecordDoc } from './state.js';

/** Documents as the contract shows them. */
export function individualView(individual: IndividualDoc): JsonObject {
  const { _id, ...rest } = individual;
  return { id: _id, ...rest };
}

/** Within a record the foundational identifier is left out: readers need the person, not the number. */
export function individualReference(individual: IndividualDoc): JsonObject {
  const { _id, externalId, externalIdType } = individual;
  return {
    id: _id,
    ...(externalId === undefined ? {} : { externalId }),
    ...(externalIdType === undefined ? {} : { externalIdType }),
  };
}

export function agreementView(doc: AgreementDoc): JsonObject {
  return {
    ...doc.agreement,
    id: doc._id,
    active: doc.active,
    attributes: doc.attributes.map((attribute) => ({ ...attribute })),
    ...(doc.consentValidDays === undefined ? {} : { consentValidDays: doc.consentValidDays }),
  };
}

function agreementReference({ _id, agreement, active, attributes }: AgreementDoc): JsonObject {
  const { version, purpose, lawfulBasis, dpia, controller } = agreement;
  return {
    id: _id,
    version,
    purpose,
    lawfulBasis,
    dpia,
    ...(controller === undefined ? {} : { controller }),
    active,
    attributes: attributes.map((attribute) => ({ ...attribute })),
  };
}

export function recordView(
  record: RecordDoc,
  { agreement, individual, now }: { agreement: AgreementDoc; individual: IndividualDoc; now: Date },
): JsonObject {
  return {
    id: record._id,
    dataAgreement: agreementReference(agreement),
    dataAgreementRevisionHash: record.agreementRevisionHash,
    individual: individualReference(individual),
    optIn: record.optIn,
    state: record.state,
    ...(record.signature ? { signature: record.signature } : {}),
    fields: record.fields,
    live: agreement.active && isLive(record, now),
    ...(record.grantedAt === undefined ? {} : { grantedAt: record.grantedAt }),
    ...(record.expiresAt === undefined ? {} : { expiresAt: record.expiresAt }),
    ...(record.withdrawnAt === undefined ? {} : { withdrawnAt: record.withdrawnAt }),
  };
}

/** Many records with few reads. */
export async function recordViews(
  state: ConsentState,
  records: readonly RecordDoc[],
  now: Date,
): Promise<readonly JsonObject[]> {
  const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)];
  const [agreements, individuals] = await Promise.all([
    state.agreements.getMany(distinct(records.map(({ agreement }) => agreement))),
    state.individuals.getMany(distinct(records.map(({ individual }) => individual))),
  ]);
  const agreementOf = new Map(agreements.map(({ doc }) => [doc._id, doc]));
  const individualOf = new Map(individuals.map(({ doc }) => [doc._id, doc]));
  return records.flatMap((record) => {
    const agreement = agreementOf.get(record.agreement);
    const individual = individualOf.get(record.individual);
    return agreement && individual ? [recordView(record, { agreement, individual, now })] : [];
  });
}

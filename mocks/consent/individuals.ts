import { refuse } from './answers.js';
import type { ConsentAnswer, ConsentState, IndividualDoc } from './state.js';

export interface IndividualInput {
  readonly id?: string;
  readonly externalId?: string;
  readonly externalIdType?: string;
  readonly identityProviderId?: string;
}

const members = ['externalId', 'externalIdType', 'identityProviderId'] as const;

export function individualDoc(id: string, input: IndividualInput): IndividualDoc {
  const doc: Record<string, string> & { _id: string } = { _id: id };
  for (const name of members) {
    const value = input[name];
    if (value !== undefined && value !== '') doc[name] = value;
  }
  return doc;
}

export function sameIndividual(a: IndividualDoc, b: IndividualDoc): boolean {
  return members.every((name) => a[name] === b[name]);
}

/** The individual with this external identifier. */
export async function findByExternalId(
  state: ConsentState,
  { externalId, externalIdType }: IndividualInput,
): Promise<IndividualDoc | undefined> {
  if (externalId === undefined || externalId === '') return undefined;
  const found = await state.individuals.find({
    filter: { externalId, externalIdType: externalIdType ?? null },
    limit: 1,
  });
  return found[0]?.doc;
}

/** A consent reaches data through the foundational identifier, so no two people may claim the same one. */
export async function refuseClaimed(
  state: ConsentState,
  doc: IndividualDoc,
): Promise<ConsentAnswer | undefined> {
  if (doc.identityProviderId === undefined) return undefined;
  const claimed = await state.individuals.find({
    filter: { identityProviderId: doc.identityProviderId },
    limit: 2,
  });
  const other = claimed.find((stored) => stored.doc._id !== doc._id);
  return (
    other &&
    refuse(
      'individual:claimed',
      `individual.identityProviderId belongs to individual ${other.doc._id} already`,
    )
  );
}

import type { DeriveContext, Effect } from '../kit/block-definition.js';
import { names, type ConsentState, type IndividualDoc, type LiveDoc, type RecordDoc } from './state.js';

/** Key of what the mediator asks for: agreement and foundational identifier. */
export function liveId(agreement: string, subject: string): string {
  return `${encodeURIComponent(agreement)}/${encodeURIComponent(subject)}`;
}

/** Signed, opted in and not expired. Whether the agreement is still active is asked separately: it changes for all at once. */
export function isLive(record: RecordDoc, now: Date): boolean {
  return record.state === 'signed' && record.optIn && !isPast(record.expiresAt, now);
}

export function isPast(instant: string | undefined, now: Date): boolean {
  return instant !== undefined && Date.parse(instant) <= now.getTime();
}

/** Keeps the mediator's document in step with the record; nothing for a person without a foundational identifier. */
export function liveEffects(record: RecordDoc, individual: IndividualDoc, now: Date): readonly Effect[] {
  const subject = individual.identityProviderId;
  if (subject === undefined) return [];
  const id = liveId(record.agreement, subject);
  if (!isLive(record, now)) return [{ kind: 'delete', collection: names.live, id }];
  const doc: LiveDoc = {
    _id: id,
    consentRecord: record._id,
    agreement: record.agreement,
    fields: record.fields,
    ...(record.expiresAt === undefined ? {} : { expiresAt: record.expiresAt }),
  };
  return [{ kind: 'put', collection: names.live, doc }];
}

/** All that the mediator may be told, from records and individuals as they are after an edit by hand. */
export async function deriveLive({
  state,
  now,
  edits,
}: DeriveContext<ConsentState>): Promise<readonly Effect[]> {
  const sources: readonly string[] = [names.records, names.individuals, names.live];
  if (!edits.some(({ collection }) => sources.includes(collection))) return [];
  const [records, individuals, before] = await Promise.all([
    state.records.find(),
    state.individuals.find(),
    state.live.find(),
  ]);
  const individualOf = new Map(individuals.map(({ doc }) => [doc._id, doc]));
  const puts = records
    .filter(({ doc }) => isLive(doc, now))
    .flatMap(({ doc }) => {
      const individual = individualOf.get(doc.individual);
      return individual === undefined ? [] : liveEffects(doc, individual, now);
    });
  // The last effect on a document wins.
  return [
    ...before.map(({ doc }): Effect => ({ kind: 'delete', collection: names.live, id: doc._id })),
    ...puts,
  ];
}

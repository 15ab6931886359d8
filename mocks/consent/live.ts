import type { Effect } from '../kit/block-definition.js';
import { names, type IndividualDoc, type LiveDoc, type RecordDoc } from './state.js';

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

import type { Json, JsonObject } from '../../contracts/json.js';
import type { Effect } from '../kit/block-definition.js';
import { magicRule } from '../kit/magic.js';
import { refuse, unknown, unknownAgreement } from './answers.js';
import { isLive, liveEffects } from './live.js';
import { withdrawsMeanwhile } from './outcomes.js';
import { addRevision, sha1 } from './revisions.js';
import type { SigningSubject } from './signatures.js';
import {
  names,
  type AgreementDoc,
  type ConsentAnswer,
  type ConsentContext,
  type RecordDoc,
} from './state.js';
import { individualReference, recordView } from './views.js';
import { announce, type ConsentEvent } from './webhooks.js';

/** One record per agreement and individual: asking twice finds the same one. */
function recordId(agreement: string, individual: string): string {
  return `consent-${sha1(`${agreement} ${individual}`).slice(0, 20)}`;
}

export type FoundSubject =
  | { readonly kind: 'found'; readonly subject: SigningSubject }
  | { readonly kind: 'refused'; readonly answer: ConsentAnswer };

/** The active agreement, the individual and their record; refusals name the field. */
export async function findSubject(
  { state }: ConsentContext,
  agreementId: string | undefined,
  individualId: string | undefined,
): Promise<FoundSubject> {
  if (agreementId === undefined || agreementId === '')
    return { kind: 'refused', answer: refuse('required', 'dataAgreementId is required') };
  if (individualId === undefined || individualId === '')
    return { kind: 'refused', answer: refuse('required', 'individualId is required') };
  const id = recordId(agreementId, individualId);
  const [agreement, individual, record, forgotten] = await Promise.all([
    state.agreements.get(agreementId),
    state.individuals.get(individualId),
    state.records.get(id),
    state.forgotten.get(id),
  ]);
  if (!agreement || agreement.doc.deleted)
    return { kind: 'refused', answer: await unknownAgreement(state, agreementId) };
  if (!individual) return { kind: 'refused', answer: unknown('individualId', individualId) };
  return {
    kind: 'found',
    subject: {
      agreement: agreement.doc,
      individual: individual.doc,
      record: record?.doc,
      forgottenAt: forgotten?.doc.at,
    },
  };
}

export type FoundRecord =
  | { readonly kind: 'found'; readonly record: RecordDoc; readonly subject: SigningSubject }
  | { readonly kind: 'refused'; readonly answer: ConsentAnswer };

/** A record with its agreement and its individual. */
export async function findRecord({ state }: ConsentContext, id: string): Promise<FoundRecord> {
  const record = (await state.records.get(id))?.doc;
  if (!record) return { kind: 'refused', answer: unknown('consentRecordId', id) };
  const [agreement, individual, forgotten] = await Promise.all([
    state.agreements.get(record.agreement),
    state.individuals.get(record.individual),
    state.forgotten.get(id),
  ]);
  if (!agreement || !individual) return { kind: 'refused', answer: unknown('consentRecordId', id) };
  const subject = {
    agreement: agreement.doc,
    individual: individual.doc,
    record,
    forgottenAt: forgotten?.doc.at,
  };
  return { kind: 'found', record, subject };
}

/** New consents need an active agreement in its newest revision; a withdrawal does not. */
export function refuseStale(
  agreement: AgreementDoc,
  named: { id?: string; hash?: string },
): ConsentAnswer | undefined {
  if (!agreement.active) {
    return refuse(
      'agreement:inactive',
      `data agreement ${agreement._id} is not active: no new consent can be given to it`,
    );
  }
  const olderId = named.id !== undefined && named.id !== '' && named.id !== agreement.revision;
  const olderHash = named.hash !== undefined && named.hash !== '' && named.hash !== agreement.revisionHash;
  if (!olderId && !olderHash) return undefined;
  return refuse(
    'agreement:changed',
    `data agreement ${agreement._id} has changed since: show its newest revision to the person, then sign that`,
  );
}

export interface RecordChange {
  readonly rule: string;
  readonly record: RecordDoc;
  readonly subject: SigningSubject;
  readonly authorizedByIndividual?: boolean;
  readonly authorizedByOther?: string;
}

/** Writes record, revision and the mediator's document together; `extra` is added to the answer's body. */
export async function saveRecord(
  context: ConsentContext,
  change: RecordChange,
  extra: JsonObject = {},
): Promise<ConsentAnswer> {
  const { subject, authorizedByOther } = change;
  const { agreement, individual } = subject;
  const revision = await addRevision(context.state, {
    schemaName: 'ConsentRecord',
    objectId: change.record._id,
    data: snapshotOf(change.record),
    now: context.now,
    ...(change.authorizedByIndividual ? { authorizedByIndividual: individualReference(individual) } : {}),
    ...(authorizedByOther === undefined ? {} : { authorizedByOther }),
  });
  const record: RecordDoc = { ...change.record, revision: revision.id };
  const meanwhile = isLive(record, context.now) && withdrawsMeanwhile(individual.identityProviderId);
  const effects: readonly Effect[] = [
    { kind: 'put', collection: names.records, doc: record },
    ...revision.effects,
    // Whoever withdraws meanwhile has decided otherwise by the time the mediator asks.
    ...liveEffects(meanwhile ? { ...record, optIn: false } : record, individual, context.now),
  ];
  const consentRecord = recordView(record, { agreement, individual, now: context.now });
  const event = eventOf(change.rule);
  const callbacks =
    event === undefined ? [] : await announce(context, event, { id: revision.id, data: { consentRecord } });
  return {
    status: 200,
    rule: meanwhile ? magicRule('withdrawn-meanwhile') : change.rule,
    body: { consentRecord, revision: revision.revision, ...extra },
    effects,
    callbacks,
  };
}

/** What the webhooks are told of; a record on which nobody has decided concerns nobody. */
function eventOf(rule: string): ConsentEvent | undefined {
  if (rule.startsWith('consent:signed')) return 'consent.granted';
  if (rule === 'consent:withdrawn') return 'consent.withdrawn';
  return rule === 'consent:refused' ? 'consent.refused' : undefined;
}

/** Revision-less record of somebody who has decided nothing yet. */
export function blankRecord({ agreement, individual }: SigningSubject): RecordDoc {
  return {
    _id: recordId(agreement._id, individual._id),
    agreement: agreement._id,
    agreementRevision: agreement.revision,
    agreementRevisionHash: agreement.revisionHash,
    individual: individual._id,
    optIn: false,
    state: 'unsigned',
    fields: agreement.attributes.map(({ name }) => name),
    attestedBy: [],
    revision: '',
  };
}

/** What a revision of a record keeps: everything but the names it is stored under. */
function snapshotOf(record: RecordDoc): JsonObject {
  const kept = Object.entries(record).filter(([name]) => name !== '_id' && name !== 'revision');
  return Object.fromEntries<Json>(kept as [string, Json][]);
}

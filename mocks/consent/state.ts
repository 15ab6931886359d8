import type { Document } from '../../contracts/documents.js';
import type { JsonObject } from '../../contracts/json.js';
import type { Operation, OperationAnswer, OperationContext } from '../kit/block-definition.js';
import type { ScopedCollection, StateScope } from '../kit/state.js';

/** Somebody who can consent. `identityProviderId` is the foundational identifier: never shown in a consent record. */
export interface IndividualDoc extends Document {
  readonly externalId?: string;
  readonly externalIdType?: string;
  readonly identityProviderId?: string;
}

export interface Attribute {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly sensitivity: string;
  readonly service?: string;
}

export interface PolicyDoc extends Document {
  readonly policy: JsonObject;
  readonly revision: string;
  /** Gone for new data agreements; its revisions stay. */
  readonly deleted?: boolean;
}

/** Somebody who is told what happens to consents. */
export interface WebhookDoc extends Document {
  readonly payloadUrl: string;
  readonly contentType: string;
  readonly disabled: boolean;
  readonly secretKey: string;
}

/** What stays of a consent record that was forgotten; `_id` is the record's, which says nothing about the person. */
export interface ForgottenDoc extends Document {
  readonly at: string;
}

export interface AgreementDoc extends Document {
  /** As the contract shows it, without `attributes`. */
  readonly agreement: JsonObject;
  readonly attributes: readonly Attribute[];
  readonly active: boolean;
  readonly deleted: boolean;
  readonly consentValidDays?: number;
  /** Newest revision: what a person agrees to now. */
  readonly revision: string;
  readonly revisionHash: string;
}

/** One per data agreement and individual; earlier states are in its revisions. */
export interface RecordDoc extends Document {
  readonly agreement: string;
  readonly agreementRevision: string;
  readonly agreementRevisionHash: string;
  readonly individual: string;
  readonly optIn: boolean;
  readonly state: RecordState;
  /** The fields of the agreement's revision that was signed. */
  readonly fields: readonly string[];
  readonly signature?: JsonObject;
  /** Tasks whose attestation was used on this record: none counts twice. */
  readonly attestedBy: readonly string[];
  readonly grantedAt?: string;
  readonly expiresAt?: string;
  readonly withdrawnAt?: string;
  readonly revision: string;
}

export type RecordState = 'unsigned' | 'pending more signatures' | 'signed';

export interface RevisionDoc extends Document {
  readonly revision: JsonObject;
}

/** What the mediator asks for on every read: kept current with each change, read by id. */
export interface LiveDoc extends Document {
  readonly consentRecord: string;
  readonly agreement: string;
  readonly fields: readonly string[];
  readonly expiresAt?: string;
}

export interface ConsentState {
  readonly individuals: ScopedCollection<IndividualDoc>;
  readonly policies: ScopedCollection<PolicyDoc>;
  readonly agreements: ScopedCollection<AgreementDoc>;
  readonly records: ScopedCollection<RecordDoc>;
  readonly revisions: ScopedCollection<RevisionDoc>;
  readonly live: ScopedCollection<LiveDoc>;
  readonly webhooks: ScopedCollection<WebhookDoc>;
  readonly forgotten: ScopedCollection<ForgottenDoc>;
}

export type ConsentContext = OperationContext<ConsentState>;
export type ConsentOperation = Operation<ConsentState>;
export type ConsentAnswer = OperationAnswer;

export function openConsentState(scope: StateScope): ConsentState {
  return {
    individuals: scope.collection<IndividualDoc>('individuals', [
      'externalId',
      'externalIdType',
      'identityProviderId',
    ]),
    policies: scope.collection<PolicyDoc>('policies'),
    agreements: scope.collection<AgreementDoc>('agreements', ['deleted']),
    records: scope.collection<RecordDoc>('records', ['agreement', 'individual']),
    revisions: scope.collection<RevisionDoc>('revisions'),
    live: scope.collection<LiveDoc>('live'),
    webhooks: scope.collection<WebhookDoc>('webhooks', ['disabled']),
    forgotten: scope.collection<ForgottenDoc>('forgotten'),
  };
}

/** Collection names of the effects. */
export const names = {
  individuals: 'individuals',
  policies: 'policies',
  agreements: 'agreements',
  records: 'records',
  revisions: 'revisions',
  live: 'live',
  webhooks: 'webhooks',
  forgotten: 'forgotten',
} as const;

import type { Attestation } from '../../contracts/block.js';
import type { JsonObject } from '../../contracts/json.js';
import { stableJson, sha1 } from './revisions.js';
import type { AgreementDoc, ConsentContext, IndividualDoc, RecordDoc } from './state.js';

/**
 * The heart of this block: what makes a consent real. A signature counts only when its `signature` field carries an
 * attestation by the platform that this very person acted in a session of their own, or that an officer who may
 * register people acted for them and named the evidence.
 */
const METHOD = 'platform-attestation';
const OFFICERS = ['enrollment-officer', 'case-officer'] as const;

/** The members of a Signature that a client sends; the rest is made here. */
export interface SignatureInput {
  readonly id?: string;
  readonly signature?: string;
  readonly verificationPayloadHash?: string;
  readonly verificationSignedAs?: string;
  readonly verificationArtifact?: string;
}

export interface SigningSubject {
  readonly agreement: AgreementDoc;
  readonly individual: IndividualDoc;
  /** The record as stored before, when there is one. */
  readonly record?: RecordDoc | undefined;
  /** When an earlier record of the same was forgotten. */
  readonly forgottenAt?: string | undefined;
}

export type Judgement =
  | { readonly kind: 'accepted'; readonly attestation: Attestation; readonly signature: JsonObject }
  /** The same attestation made this record live already: a repetition. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'refused'; readonly rule: string; readonly detail: string };

/** What is agreed to, as one text: agreement, its revision, person. */
function signedPayload({ agreement, individual }: SigningSubject): string {
  return stableJson({
    dataAgreement: agreement._id,
    dataAgreementRevisionHash: agreement.revisionHash,
    individual: individual._id,
  });
}

/** An empty signature for somebody to complete: `signature` is to become the attestation. */
export function draftSignature(subject: SigningSubject, now: Date): JsonObject {
  return {
    ...signatureParts(subject, now),
    signature: '',
    verificationSignedBy: '',
    verificationSignedAs: 'individual',
  };
}

export async function judgeSignature(
  context: ConsentContext,
  subject: SigningSubject,
  input: SignatureInput | undefined,
): Promise<Judgement> {
  const { individual, record } = subject;
  const jws = input?.signature ?? '';
  if (jws === '')
    return refused(
      'signature:missing',
      'signature.signature is empty: it must be the attestation of a completed task',
    );
  if (individual.externalIdType !== 'person-ref' || individual.externalId === undefined) {
    return refused(
      'individual:no-person',
      `individual ${individual._id} has no externalId of externalIdType person-ref, so nobody can be recognised as this person`,
    );
  }
  const attestation = await context.deps.attestations.verify(jws);
  if (!attestation)
    return refused('signature:not-attested', 'signature.signature is no attestation made by this platform');
  if (attestation.workspace !== context.workspace)
    return refused('signature:other-workspace', 'signature.signature was attested in another workspace');
  if (attestation.person !== individual.externalId) {
    return refused(
      'signature:other-person',
      'signature.signature attests an act about another person than consentRecord.individual',
    );
  }
  if (attestation.agreement !== subject.agreement._id || attestation.decision !== 'granted') {
    return refused(
      'signature:other-matter',
      `signature.signature does not attest that the person granted ${subject.agreement._id}`,
    );
  }
  const capacity = judgeCapacity(attestation, input?.verificationSignedAs);
  if (capacity) return capacity;
  const payloadHash = input?.verificationPayloadHash;
  if (payloadHash !== undefined && payloadHash !== '' && payloadHash !== sha1(signedPayload(subject))) {
    return refused(
      'signature:other-payload',
      'signature.verificationPayloadHash belongs to another data agreement, revision or individual',
    );
  }
  if (record?.attestedBy.includes(attestation.taskId)) {
    if (record.optIn && record.state === 'signed') return { kind: 'repeated' };
    return refused(
      'signature:used-before',
      `task ${attestation.taskId} signed this consent before; a new decision of the person is needed`,
    );
  }
  if (record && isOlderThanWithdrawal(attestation, record)) {
    return refused(
      'signature:before-withdrawal',
      `task ${attestation.taskId} was completed before the consent was withdrawn`,
    );
  }
  if (subject.forgottenAt !== undefined && Date.parse(attestation.at) <= Date.parse(subject.forgottenAt)) {
    return refused(
      'signature:before-deletion',
      `task ${attestation.taskId} was completed before the consent record was deleted`,
    );
  }
  return {
    kind: 'accepted',
    attestation,
    signature: completeSignature(subject, attestation, jws, input, context.now),
  };
}

function judgeCapacity(attestation: Attestation, signedAs: string | undefined): Judgement | undefined {
  switch (attestation.capacity) {
    case 'self':
      return signedAs === 'delegate'
        ? refused(
            'signature:signed-as',
            'verificationSignedAs is delegate, but the person acted in a session of their own: use individual',
          )
        : undefined;
    case 'assisted': {
      if ((attestation.evidence ?? '').trim() === '')
        return refused(
          'assisted:no-evidence',
          'an officer acted for the person without naming the evidence (a scan, a witness)',
        );
      if (!OFFICERS.some((role) => attestation.roles.includes(role)))
        return refused(
          'assisted:no-officer',
          `whoever acts for a person needs one of the roles ${OFFICERS.join(', ')}`,
        );
      return signedAs === 'delegate'
        ? undefined
        : refused(
            'signature:signed-as',
            'an officer acted for the person: verificationSignedAs must be delegate',
          );
    }
  }
}

/** Both instants are of the workspace clock. */
function isOlderThanWithdrawal(attestation: Attestation, { withdrawnAt }: RecordDoc): boolean {
  return withdrawnAt !== undefined && Date.parse(attestation.at) < Date.parse(withdrawnAt);
}

function completeSignature(
  subject: SigningSubject,
  attestation: Attestation,
  jws: string,
  input: SignatureInput | undefined,
  now: Date,
): JsonObject {
  const artifact = attestation.evidence ?? input?.verificationArtifact;
  return {
    ...signatureParts(subject, now),
    id: `signature-${sha1(`${attestation.taskId} ${signedPayload(subject)}`).slice(0, 20)}`,
    signature: jws,
    verificationSignedBy: attestation.subject,
    verificationSignedAs: attestation.capacity === 'self' ? 'individual' : 'delegate',
    ...(artifact === undefined ? {} : { verificationArtifact: artifact }),
  };
}

function signatureParts(subject: SigningSubject, now: Date): JsonObject {
  const verificationPayload = signedPayload(subject);
  const verificationPayloadHash = sha1(verificationPayload);
  return {
    id: '',
    payload: stableJson({
      verificationPayload,
      verificationPayloadHash,
      verificationMethod: METHOD,
      objectType: 'revision',
    }),
    verificationMethod: METHOD,
    verificationPayload,
    verificationPayloadHash,
    timestamp: now.toISOString(),
    signedWithoutObjectReference: true,
    objectType: 'revision',
  };
}

function refused(rule: string, detail: string): Judgement & { kind: 'refused' } {
  return { kind: 'refused', rule, detail };
}

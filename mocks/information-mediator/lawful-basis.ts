import type { BlockRequest } from '../../contracts/block.js';
import type { LawfulBasisUsed } from '../../contracts/exchange.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { LawfulBasis } from '../../contracts/use-case.js';
import type { Consents, MatchedOperation } from './ports.js';
import type { MediatorRefusal } from './refusal.js';
import { FIELDS_HEADER, requestedFields, uncoveredFields } from './requested-fields.js';
import { shownField, subjectAt } from './subject.js';

export type BasisDecision =
  | { readonly kind: 'lawful'; readonly basis: LawfulBasisUsed }
  | { readonly kind: 'refused'; readonly refusal: MediatorRefusal };

export interface BasisQuestion {
  readonly workspace: WorkspaceId;
  readonly basis: LawfulBasis;
  readonly request: BlockRequest;
  readonly operation: MatchedOperation;
  /** Instant of the workspace clock. */
  readonly at: Date;
}

/** Whether the call is lawful now. Under `consent` the person, the requested fields and a live consent must all be there. */
export async function decideBasis(consents: Consents, question: BasisQuestion): Promise<BasisDecision> {
  const { basis } = question;
  switch (basis.kind) {
    case 'not-personal':
      return { kind: 'lawful', basis: { kind: 'not-personal' } };
    case 'public-task':
      return { kind: 'lawful', basis: { kind: 'public-task', reference: basis.reference } };
    case 'consent':
      return decideConsent(consents, question, basis);
  }
}

async function decideConsent(
  consents: Consents,
  { workspace, request, operation, at }: BasisQuestion,
  { agreement, subjectAt: pointer }: Extract<LawfulBasis, { kind: 'consent' }>,
): Promise<BasisDecision> {
  const subject = subjectAt(request, operation, pointer);
  if (subject === undefined) {
    return refuse('NoSubject', `the request names no single person at ${pointer}; consent cannot be checked`);
  }
  const fields = requestedFields(request, operation);
  if (fields.includes('*')) {
    return refuse(
      'FieldsNotNamed',
      `the request does not say which fields it needs: name them in the header ${FIELDS_HEADER}, separated by commas`,
    );
  }
  const consent = await consents.live(workspace, { agreement, subject, at });
  if (consent === undefined) {
    return refuse('NoLiveConsent', `the person has no live consent under the data agreement ${agreement}`);
  }
  const uncovered = uncoveredFields(fields, consent.fields);
  if (uncovered.length > 0) {
    return refuse(
      'FieldNotCovered',
      `the consent under ${agreement} does not cover ${uncovered.map(shownField).join(', ')}`,
    );
  }
  return {
    kind: 'lawful',
    basis: { kind: 'consent', agreement, consentRecord: consent.consentRecord, fields },
  };
}

function refuse(
  reason: 'NoSubject' | 'FieldsNotNamed' | 'NoLiveConsent' | 'FieldNotCovered',
  message: string,
): BasisDecision {
  return { kind: 'refused', refusal: { type: `Server.ServerProxy.AccessDenied.${reason}`, message } };
}

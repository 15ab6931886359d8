import type { JsonObject } from '../../contracts/json.js';
import { refuse } from './answers.js';
import { blankRecord, refuseStale, saveRecord } from './records.js';
import { readRevision } from './revisions.js';
import { judgeSignature, type SignatureInput, type SigningSubject } from './signatures.js';
import type { AgreementDoc, ConsentAnswer, ConsentContext, RecordDoc } from './state.js';
import { recordView } from './views.js';

/** The two ways in which a consent record changes; every operation that writes one goes through here. */
export interface RecordInput {
  readonly id?: string;
  readonly dataAgreement?: { readonly id?: string };
  readonly dataAgreementRevision?: { readonly id?: string };
  readonly dataAgreementRevisionHash?: string;
  readonly individual?: { readonly id?: string };
  readonly optIn?: boolean;
  readonly signature?: SignatureInput;
  readonly expiresAt?: string;
}

const DAY = 86_400_000;

/** Opts in: only with a signature that the platform attests. */
export async function optIn(
  context: ConsentContext,
  subject: SigningSubject,
  input: RecordInput,
  signature: SignatureInput | undefined,
): Promise<ConsentAnswer> {
  const { agreement, record } = subject;
  const stale = refuseStale(agreement, {
    ...(input.dataAgreementRevision?.id === undefined ? {} : { id: input.dataAgreementRevision.id }),
    ...(input.dataAgreementRevisionHash === undefined ? {} : { hash: input.dataAgreementRevisionHash }),
  });
  if (stale) return stale;
  const judgement = await judgeSignature(context, subject, signature);
  switch (judgement.kind) {
    case 'refused':
      return refuse(judgement.rule, judgement.detail);
    case 'repeated':
      return repeatAnswer(context, subject);
    case 'accepted': {
      const { attestation } = judgement;
      const expiresAt = expiryOf(agreement, input.expiresAt, context.now);
      if (expiresAt !== undefined && Date.parse(expiresAt) <= context.now.getTime())
        return refuse('expired', `consentRecord.expiresAt ${expiresAt} is in the past`);
      const next: RecordDoc = {
        ...blankRecord(subject),
        optIn: true,
        state: 'signed',
        signature: judgement.signature,
        attestedBy: [...(record?.attestedBy ?? []), attestation.taskId],
        grantedAt: context.now.toISOString(),
        ...(expiresAt === undefined ? {} : { expiresAt }),
      };
      const own = attestation.capacity === 'self';
      return saveRecord(
        context,
        {
          rule: own ? 'consent:signed' : 'consent:signed-assisted',
          record: next,
          subject,
          ...(own ? { authorizedByIndividual: true } : { authorizedByOther: attestation.subject }),
        },
        { signature: judgement.signature },
      );
    }
  }
}

/**
 * Withdraws, or records a refusal: whoever says it and however it is signed, it holds at once. Saying it again changes nothing.
 * An attested signature is kept as proof of who decided.
 */
export async function optOut(
  context: ConsentContext,
  subject: SigningSubject,
  signature: SignatureInput | undefined,
): Promise<ConsentAnswer> {
  const { record } = subject;
  if (record && !record.optIn && record.withdrawnAt !== undefined) return repeatAnswer(context, subject);
  const judgement = await judgeSignature(context, subject, signature);
  const attested = judgement.kind === 'accepted' ? judgement : undefined;
  const before = withoutSignature(record ?? blankRecord(subject));
  const next: RecordDoc = {
    ...before,
    optIn: false,
    state: attested ? 'signed' : 'unsigned',
    ...(attested ? { signature: attested.signature } : {}),
    attestedBy: [...before.attestedBy, ...(attested ? [attested.attestation.taskId] : [])],
    withdrawnAt: context.now.toISOString(),
  };
  const own = attested?.attestation.capacity === 'self';
  const other = attested?.attestation.subject ?? context.client ?? 'not named';
  return saveRecord(
    context,
    {
      rule: record?.optIn ? 'consent:withdrawn' : 'consent:refused',
      record: next,
      subject,
      ...(own ? { authorizedByIndividual: true } : { authorizedByOther: other }),
    },
    attested ? { signature: attested.signature } : {},
  );
}

/** Agreement's days, else its policy's retention; the person may ask for less, never for more. */
function expiryOf(agreement: AgreementDoc, asked: string | undefined, now: Date): string | undefined {
  const policy = agreement.agreement.policy as { dataRetentionPeriodDays?: number } | undefined;
  const days = agreement.consentValidDays ?? policy?.dataRetentionPeriodDays;
  const longest = days === undefined ? undefined : new Date(now.getTime() + days * DAY).toISOString();
  if (asked === undefined) return longest;
  if (longest === undefined || Date.parse(asked) < Date.parse(longest)) return new Date(asked).toISOString();
  return longest;
}

async function repeatAnswer(context: ConsentContext, subject: SigningSubject): Promise<ConsentAnswer> {
  const { record, agreement, individual } = subject;
  if (!record) throw new Error('a repetition needs a record');
  const revision = await readRevision(context.state, record.revision);
  const body: JsonObject = {
    consentRecord: recordView(record, { agreement, individual, now: context.now }),
    ...(revision ? { revision } : {}),
    ...(record.signature ? { signature: record.signature } : {}),
  };
  return { status: 200, rule: 'repeated', body };
}

function withoutSignature(record: RecordDoc): RecordDoc {
  const { signature, ...rest } = record;
  return signature ? rest : record;
}

import type { JsonObject } from '../../../../contracts/json.js';
import { textAt } from '../../json-at.js';
import type { Answer, CheckContext } from '../../suite.js';

export const agreementBody = (c: CheckContext, more: JsonObject = {}): JsonObject & { id: string } => ({
  id: c.unique('agreement-'),
  version: '1.0.0',
  purpose: 'Check whether somebody may receive support',
  lawfulBasis: 'consent',
  dpia: 'none',
  active: true,
  ...more,
});

export const policyBody = (c: CheckContext): JsonObject & { id: string } => ({
  id: c.unique('policy-'),
  name: c.unique('Policy '),
  version: '1.0.0',
  url: 'https://policy.example/check',
});

export const individualBody = (c: CheckContext): JsonObject => ({
  // The published document requires it; a block chooses one where it is empty.
  id: '',
  externalId: c.unique('person-'),
  externalIdType: 'person-ref',
});

export async function newAgreement(c: CheckContext, more: JsonObject = {}): Promise<string> {
  const dataAgreement = agreementBody(c, more);
  const made = await c.call('configDataAgreementCreate', { body: { dataAgreement } });
  return textAt(made, 'dataAgreement', 'id') || dataAgreement.id;
}

export async function newIndividual(c: CheckContext): Promise<string> {
  const made = await c.call('serviceIndividualCreate', { body: { individual: individualBody(c) } });
  return textAt(made, 'individual', 'id');
}

export async function newPolicy(c: CheckContext): Promise<string> {
  const policy = policyBody(c);
  const made = await c.call('configPolicyCreate', { body: { policy } });
  return textAt(made, 'policy', 'id') || policy.id;
}

/** Disabled, so that nothing is delivered to where nobody listens, unless an address is given. */
export const webhookBody = (payloadUrl?: string): JsonObject => ({
  payloadUrl: payloadUrl ?? 'http://127.0.0.1:9/nowhere',
  contentType: 'application/json',
  disabled: payloadUrl === undefined,
  secretKey: 'conformance',
});

export async function newWebhook(c: CheckContext, payloadUrl?: string): Promise<string> {
  const made = await c.call('configWebhookCreate', { body: { webhook: webhookBody(payloadUrl) } });
  return textAt(made, 'webhook', 'id');
}

export interface ConsentRecord {
  readonly id: string;
  readonly agreement: string;
  readonly individual: string;
}

/** A record that nobody has signed. */
export async function newRecord(
  c: CheckContext,
  agreement?: string,
  individual?: string,
): Promise<ConsentRecord> {
  const of = agreement ?? (await newAgreement(c));
  const by = individual ?? (await newIndividual(c));
  const made = await c.call('serviceIndividualConsentRecordCreate', {
    path: { dataAgreementId: of },
    query: { individualId: by },
  });
  return { id: textAt(made, 'consentRecord', 'id'), agreement: of, individual: by };
}

/** The published document speaks of a header for the individual without naming it; this is what deployed systems use. */
export const asIndividual = (individual: string): Record<string, string> => ({
  'X-ConsentBB-IndividualId': individual,
});

export const decision = (c: CheckContext, record: Omit<ConsentRecord, 'id'>, optIn: boolean): JsonObject => ({
  consentRecord: { dataAgreement: { id: record.agreement }, individual: { id: record.individual }, optIn },
  signature: { signature: c.fixtures.has('signature') ? c.fixtures.text('signature') : 'unsigned' },
});

export const decide = (c: CheckContext, record: Omit<ConsentRecord, 'id'>, optIn: boolean): Promise<Answer> =>
  c.call('serviceIndividualConsentRecordSignatureCreate', { body: decision(c, record, optIn) });

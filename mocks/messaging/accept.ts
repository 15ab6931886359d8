import { createHash } from 'node:crypto';
import { problems } from '../../contracts/problems.js';
import type { OperationAnswer } from '../kit/block-definition.js';
import { magicRule } from '../kit/magic.js';
import { recipientOutcome } from './outcomes.js';
import { callbackUriOf } from './sender-callback.js';
import { normalise } from './reserved-recipients.js';
import type { Channel, Counts, MessagingContext, Recipient, RequestDoc } from './state.js';

const MOST_RECIPIENTS = 10_000;
const DELIVERY_MILLISECONDS = 250;

export interface SenderInfo {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly organisationName?: string;
  readonly onBehalfOfName?: string;
}

export interface Outgoing {
  readonly channel: Channel;
  readonly sender: SenderInfo | undefined;
  readonly title?: string | undefined;
  readonly content: string;
  readonly locale?: string | undefined;
  readonly recipients: readonly Recipient[];
}

export const noCounts: Counts = {
  scheduled: 0,
  processing: 0,
  deferred: 0,
  bounced: 0,
  notSent: 0,
  delivered: 0,
};

/** Takes a request in and leaves its delivery to a job: ten thousand messages cost as much here as one. */
export function accept(context: MessagingContext, outgoing: Outgoing): OperationAnswer {
  const { channel, title, content, sender, locale = 'en' } = outgoing;
  if (outgoing.recipients.length === 0) return invalidInput('recipientInfo names no recipient');
  if (outgoing.recipients.length > MOST_RECIPIENTS)
    return invalidInput(
      `recipientInfo names ${outgoing.recipients.length} recipients; the most at once is ${MOST_RECIPIENTS}`,
    );
  const requestUid = requestUidOf(context.key);
  const callbackUri = callbackUriOf(context.body);
  const recipients = outgoing.recipients.map((recipient): Recipient => ({
    ...recipient,
    to: normalise(channel, recipient.to),
    ...(recipient.also ? { also: recipient.also.map((address) => normalise(channel, address)) } : {}),
  }));
  const doc: RequestDoc = {
    _id: requestUid,
    channel,
    at: context.now.toISOString(),
    sender: sender?.name ?? sender?.organisationName ?? sender?.email ?? 'GovStack sandbox',
    ...(title === undefined ? {} : { title }),
    content,
    locale,
    recipients,
    phase: 'scheduled',
    counts: { ...noCounts, scheduled: recipients.length },
    ...(callbackUri === undefined ? {} : { callbackUri }),
  };
  const outcomes = recipients.flatMap(({ to }) => recipientOutcome(to) ?? []);
  return {
    status: 200,
    rule: outcomes.length > 0 ? magicRule(...outcomes) : 'accepted',
    body: {
      response: `Accepted for training: ${recipients.length} to send. Use requestUid to ask for the status.`,
      requestUid,
      // The older dialect's spelling of it.
      requestUID: requestUid,
    },
    effects: [{ kind: 'put', collection: 'requests', doc }],
    jobs: [
      {
        job: { id: `deliver.${requestUid}`, name: 'deliver', data: { requestUid } },
        time: { kind: 'after', milliseconds: DELIVERY_MILLISECONDS },
      },
    ],
  };
}

/** The official document answers invalid input with 405; it declares no body, so the reason comes as a problem document. */
export function invalidInput(detail: string, rule = 'invalid-input'): OperationAnswer {
  const { title, fix } = problems['GSB-REQ-001'];
  return {
    status: 405,
    rule,
    headers: { 'content-type': 'application/problem+json' },
    body: {
      type: 'https://govstack-sandbox.invalid/errors#GSB-REQ-001',
      code: 'GSB-REQ-001',
      title,
      status: 405,
      detail,
      fix,
    },
  };
}

/** Six groups of four, as in the official example. */
function requestUidOf(key: string): string {
  const digits = createHash('sha256').update(key).digest('hex').slice(0, 24);
  return (digits.match(/.{4}/g) ?? []).join('-');
}

/** Recipients of a batch: a JSON array in base64, as the official document has it. Undefined when it is none. */
export function decodeBatch(base64: string): readonly unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
    return Array.isArray(parsed) ? (parsed as readonly unknown[]) : undefined;
  } catch {
    return undefined;
  }
}

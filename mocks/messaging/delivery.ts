import type { JobContext, JobHandler } from '../kit/block-definition.js';
import { noCounts } from './accept.js';
import { defaultNotices, FALLBACK_LOCALE } from './notices.js';
import { refusalReason } from './reserved-recipients.js';
import { tellOutcome } from './sender-callback.js';
import type { Counts, MessageDoc, MessagingState, Recipient, RequestDoc, Status } from './state.js';

/**
 * Delivery, some time after acceptance. Recipients whose number (or address before the @) ends with 0009 bounce, with
 * 0010 they are deferred and delivered at the second attempt.
 */
const BOUNCES = '0009';
const DEFERS = '0010';
const RETRY_MILLISECONDS = 2000;
const WRITTEN_AT_ONCE = 1000;
const LATEST_MILLISECOND = 9_999_999_999_999;

type Context = JobContext<MessagingState>;

/** Messages are inserted, never overwritten: running again changes nothing. */
export function createDeliver(allow: ReadonlySet<string>): JobHandler<MessagingState> {
  return async (context) => {
    const request = await openRequest(context, 'scheduled');
    if (!request) return;
    const isAllowed = await allowList(context, allow);
    const notice = await noticeOf(context, request.locale);
    const messages = request.recipients.map((recipient, index) =>
      toMessage(request, recipient, index, { notice, isAllowed }),
    );
    for (let at = 0; at < messages.length; at += WRITTEN_AT_ONCE)
      await context.state.messages.insertMany(messages.slice(at, at + WRITTEN_AT_ONCE));
    const counts = countOf(messages);
    const waiting = counts.deferred > 0;
    const doc: RequestDoc = { ...request, counts, phase: waiting ? 'deferred' : 'complete' };
    return {
      effects: [{ kind: 'put', collection: 'requests', doc }],
      callbacks: tellOutcome(doc),
      jobs: waiting
        ? [
            {
              job: { id: `retry.${request._id}`, name: 'retry', data: { requestUid: request._id } },
              time: { kind: 'after', milliseconds: RETRY_MILLISECONDS },
            },
          ]
        : [],
    };
  };
}

/** The second attempt: what was deferred arrives. */
export const retry: JobHandler<MessagingState> = async (context) => {
  const request = await openRequest(context, 'deferred');
  if (!request) return;
  const ids = request.recipients.flatMap(({ to }, index) =>
    magicOf(to) === 'deferred' ? [messageId(request, index)] : [],
  );
  const found = await context.state.messages.getMany(ids);
  const late = found.filter(({ doc }) => doc.status === 'deferred').map(({ doc }) => arrived(doc));
  await context.state.messages.putMany(late);
  const { counts } = request;
  const doc: RequestDoc = {
    ...request,
    phase: 'complete',
    counts: { ...counts, deferred: 0, delivered: counts.delivered + counts.deferred },
  };
  return { effects: [{ kind: 'put', collection: 'requests', doc }], callbacks: tellOutcome(doc) };
};

async function openRequest(
  { state, data }: Context,
  phase: RequestDoc['phase'],
): Promise<RequestDoc | undefined> {
  const found = await state.requests.get(data.requestUid as string);
  return found?.doc.phase === phase ? found.doc : undefined;
}

async function allowList(
  { state }: Context,
  allow: ReadonlySet<string>,
): Promise<(entry: string) => boolean> {
  const seeded = new Set((await state.allowed.find()).map(({ doc }) => doc._id));
  return (entry) => seeded.has(entry) || allow.has(entry);
}

async function noticeOf({ state }: Context, locale: string): Promise<string> {
  const language = locale.split('-')[0] ?? FALLBACK_LOCALE;
  const wanted = [locale, language, FALLBACK_LOCALE];
  const seeded = new Map(
    (await state.notices.getMany([...new Set(wanted)])).map(({ doc }) => [doc._id, doc.text]),
  );
  for (const name of wanted) {
    const text = seeded.get(name) ?? defaultNotices[name];
    if (text !== undefined) return text;
  }
  throw new Error(`there is no notice in ${FALLBACK_LOCALE}`);
}

function toMessage(
  request: RequestDoc,
  recipient: Recipient,
  index: number,
  { notice, isAllowed }: { notice: string; isAllowed: (entry: string) => boolean },
): MessageDoc {
  const { channel, at, sender, title } = request;
  const refused = [recipient.to, ...(recipient.also ?? [])]
    .map((address) => refusalReason(channel, address, isAllowed))
    .find((reason) => reason !== undefined);
  const outcome =
    refused === undefined ? outcomeOf(recipient.to) : ({ status: 'notSent', reason: refused } as const);
  return {
    _id: messageId(request, index),
    requestUid: request._id,
    channel,
    at,
    sender,
    recipient: recipient.to,
    ...(recipient.name === undefined ? {} : { recipientName: recipient.name }),
    ...(title === undefined ? {} : { title }),
    text: `${recipient.content ?? request.content}\n\n${notice}`,
    ...outcome,
  };
}

function outcomeOf(to: string): { readonly status: Status; readonly reason?: string } {
  const status = magicOf(to);
  switch (status) {
    case 'bounced':
      return { status, reason: `recipients that end with ${BOUNCES} bounce` };
    case 'deferred':
      return { status, reason: `recipients that end with ${DEFERS} get their messages late` };
    case 'delivered':
      return { status };
  }
}

function magicOf(to: string): 'bounced' | 'deferred' | 'delivered' {
  const name = to.split('@')[0] ?? to;
  if (name.endsWith(BOUNCES)) return 'bounced';
  return name.endsWith(DEFERS) ? 'deferred' : 'delivered';
}

function arrived({ reason, ...doc }: MessageDoc): MessageDoc {
  return { ...doc, status: reason === undefined ? doc.status : 'delivered' };
}

/** Counts time backwards, so that ids in ascending order, which is how pages are read, have the newest first. */
function messageId(request: RequestDoc, index: number): string {
  const backwards = String(LATEST_MILLISECOND - Date.parse(request.at)).padStart(13, '0');
  return `${backwards}.${request._id}.${String(index).padStart(5, '0')}`;
}

function countOf(messages: readonly MessageDoc[]): Counts {
  const counts: Record<Status, number> = { ...noCounts };
  for (const { status } of messages) counts[status] += 1;
  return counts;
}

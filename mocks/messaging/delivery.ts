import type { MailServer } from '../../contracts/mail.js';
import type { JobContext, JobHandler, JobOutcome } from '../kit/block-definition.js';
import { noCounts } from './accept.js';
import { defaultNotices, FALLBACK_LOCALE } from './notices.js';
import { recipientOutcome } from './outcomes.js';
import { refusalReason } from './reserved-recipients.js';
import { tellOutcome } from './sender-callback.js';
import type { Counts, MessageDoc, MessagingState, Recipient, RequestDoc, Status } from './state.js';

/**
 * Delivery, some time after acceptance; see outcomes.ts for the recipients that are not reached, or not at once. E-mail
 * over a mail server has that server's answers instead, whatever its recipient is called.
 */
const RETRY_MILLISECONDS = 2000;
const WRITTEN_AT_ONCE = 1000;
const SENT_AT_ONCE = 8;
/** Two seconds, then five times as long each time: about two hours in all. */
const MOST_RETRIES = 6;
const LATEST_MILLISECOND = 9_999_999_999_999;

type Context = JobContext<MessagingState>;

/** Messages are inserted, never overwritten, and those that are there are not sent again: running again changes nothing. */
export function createDeliver(allow: ReadonlySet<string>, mail?: MailServer): JobHandler<MessagingState> {
  return async (context) => {
    const request = await openRequest(context, 'scheduled');
    if (!request) return;
    const isAllowed = await allowList(context, allow);
    const notice = await noticeOf(context, request.locale);
    const server = request.channel === 'email' ? mail : undefined;
    const written = request.recipients.map((recipient, index) =>
      toMessage(request, recipient, index, { notice, isAllowed, magic: server === undefined }),
    );
    const messages: MessageDoc[] = [];
    const atOnce = server === undefined ? WRITTEN_AT_ONCE : SENT_AT_ONCE;
    for (let at = 0; at < written.length; at += atOnce) {
      const some = written.slice(at, at + atOnce);
      const sent = server === undefined ? some : await sendAnew(context, server, some);
      await context.state.messages.insertMany(sent);
      messages.push(...sent);
    }
    return outcomeOfRequest({ ...request, counts: countOf(messages) }, RETRY_MILLISECONDS);
  };
}

/** Another attempt: what was deferred arrives, or is given up when a mail server keeps refusing it. */
export function createRetry(mail?: MailServer): JobHandler<MessagingState> {
  return async (context) => {
    const request = await openRequest(context, 'deferred');
    if (!request) return;
    const ids = request.recipients.map((_recipient, index) => messageId(request, index));
    const found = (await context.state.messages.getMany(ids)).map(({ doc }) => doc);
    const deferred = found.filter(({ status }) => status === 'deferred');
    const retries = (request.retries ?? 0) + 1;
    const server = request.channel === 'email' ? mail : undefined;
    const late =
      server === undefined
        ? deferred.map(arrived)
        : await Promise.all(deferred.map((doc) => sendAgain(server, doc, retries >= MOST_RETRIES)));
    await context.state.messages.putMany(late);
    const changed = new Map(late.map((doc) => [doc._id, doc]));
    const counts = countOf(found.map((doc) => changed.get(doc._id) ?? doc));
    return outcomeOfRequest({ ...request, retries, counts }, RETRY_MILLISECONDS * 5 ** retries);
  };
}

function outcomeOfRequest(request: RequestDoc, pause: number): JobOutcome {
  const waiting = request.counts.deferred > 0;
  const doc: RequestDoc = { ...request, phase: waiting ? 'deferred' : 'complete' };
  const id = `retry.${request._id}${request.retries === undefined ? '' : `.${request.retries}`}`;
  return {
    effects: [{ kind: 'put', collection: 'requests', doc }],
    callbacks: tellOutcome(doc),
    jobs: waiting
      ? [
          {
            job: { id, name: 'retry', data: { requestUid: request._id } },
            time: { kind: 'after', milliseconds: pause },
          },
        ]
      : [],
  };
}

/** Those that a run before this one has sent and written down stay as they are. */
async function sendAnew(
  { state }: Context,
  server: MailServer,
  messages: readonly MessageDoc[],
): Promise<readonly MessageDoc[]> {
  const before = await state.messages.getMany(messages.map(({ _id }) => _id));
  const known = new Map(before.map(({ doc }) => [doc._id, doc]));
  return Promise.all(
    messages.map((message) => {
      const sent = known.get(message._id);
      if (sent !== undefined) return Promise.resolve(sent);
      return message.status === 'notSent' ? Promise.resolve(message) : sendAgain(server, message, false);
    }),
  );
}

async function sendAgain(server: MailServer, message: MessageDoc, last: boolean): Promise<MessageDoc> {
  const { reason: _, ...doc } = message;
  const outcome = await server.send({
    id: message._id,
    from: { name: message.sender },
    to: {
      address: message.recipient,
      ...(message.recipientName === undefined ? {} : { name: message.recipientName }),
    },
    subject: message.title ?? 'GovStack sandbox (training)',
    text: message.text,
    at: message.at,
  });
  switch (outcome.kind) {
    case 'delivered':
      return { ...doc, status: 'delivered' };
    case 'bounced':
      return { ...doc, status: 'bounced', reason: outcome.reason };
    case 'deferred':
      return last
        ? { ...doc, status: 'bounced', reason: `given up: ${outcome.reason}` }
        : { ...doc, status: 'deferred', reason: outcome.reason };
  }
}

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
  { notice, isAllowed, magic }: { notice: string; isAllowed: (entry: string) => boolean; magic: boolean },
): MessageDoc {
  const { channel, at, sender, title } = request;
  const refused = [recipient.to, ...(recipient.also ?? [])]
    .map((address) => refusalReason(channel, address, isAllowed))
    .find((reason) => reason !== undefined);
  const outcome =
    refused === undefined
      ? magic
        ? outcomeOf(recipient.to)
        : ({ status: 'processing' } as const)
      : ({ status: 'notSent', reason: refused } as const);
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
  const status = recipientOutcome(to) ?? 'delivered';
  switch (status) {
    case 'bounced':
      return { status, reason: 'this recipient cannot be reached (magic value)' };
    case 'deferred':
      return { status, reason: 'this recipient gets messages late (magic value)' };
    case 'delivered':
      return { status };
  }
}

function arrived({ reason, ...doc }: MessageDoc): MessageDoc {
  return { ...doc, status: reason === undefined ? doc.status : 'delivered' };
}

/** Counts time backwards, so that ids in ascending order, which is how pages are read, have the newest first. */
function messageId(request: RequestDoc, index: number): string {
  const backwards = String(LATEST_MILLISECOND - Date.parse(request.at)).padStart(13, '0');
  return `${backwards}.${request._id}.${String(index).padStart(5, '0')}`;
}

export function countOf(messages: readonly MessageDoc[]): Counts {
  const counts: Record<Status, number> = { ...noCounts };
  for (const { status } of messages) counts[status] += 1;
  return counts;
}

import { normalise } from '../reserved-recipients.js';
import type { MessagingContext, MessagingOperation } from '../state.js';

const DEFAULT_LIMIT = 50;

/** Extension: what arrived, newest first. `next` is the `after` of the following page. */
export const listMessages: MessagingOperation = async (context) => {
  const limit = Number(text(context, 'limit') ?? DEFAULT_LIMIT);
  const recipient = text(context, 'recipient');
  const requestUid = text(context, 'requestUid');
  const channel = text(context, 'channel');
  const after = text(context, 'after');
  const found = await context.state.messages.find({
    filter: {
      ...(recipient === undefined
        ? {}
        : { recipient: normalise(recipient.includes('@') ? 'email' : 'sms', recipient) }),
      ...(requestUid === undefined ? {} : { requestUid }),
      ...(channel === undefined ? {} : { channel }),
    },
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const page = found.slice(0, limit).map(({ doc: { _id, ...message } }) => ({ id: _id, ...message }));
  const next = found.length > limit ? page.at(-1)?.id : undefined;
  return { status: 200, rule: 'listed', body: { messages: page, ...(next === undefined ? {} : { next }) } };
};

function text(context: MessagingContext, name: string): string | undefined {
  const value = context.query[name];
  return typeof value === 'string' ? value : value?.[0];
}

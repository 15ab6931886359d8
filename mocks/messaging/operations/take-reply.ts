import { createHash } from 'node:crypto';
import { invalidInput } from '../accept.js';
import { tellSender } from '../sender-callback.js';
import type { Channel, MessagingOperation, ReplyDoc } from '../state.js';

interface ReplyBody {
  readonly meta?: string;
  readonly content?: string;
}

/**
 * bb-messaging, callbackEmail, and its sibling for text messages: what came back to a request, such as an answer of its
 * recipient. It is kept, and passed on to the callback of the request where the sender gave one.
 */
export function createTakeReply(channel: Channel): MessagingOperation {
  return async ({ state, headers, body, key, now }) => {
    const requestUid = headers.requestuid ?? '';
    const request = (await state.requests.get(requestUid))?.doc;
    if (request?.channel !== channel) return invalidInput(`requestUid ${requestUid} is not known`, 'unknown');
    const { meta = '', content = '' } = (body ?? {}) as ReplyBody;
    const mark = createHash('sha256').update(key).digest('hex').slice(0, 16);
    const doc: ReplyDoc = {
      _id: `${requestUid}.${mark}`,
      requestUid,
      channel,
      at: now.toISOString(),
      meta,
      content: Buffer.from(content, 'base64').toString('utf8'),
    };
    const told = { id: `reply.${mark}`, operationId: channel === 'email' ? 'callbackEmail' : 'callbackSms' };
    return {
      status: 200,
      rule: 'taken',
      effects: [{ kind: 'put', collection: 'replies', doc }],
      callbacks: tellSender(request, { ...told, body: { meta, content } }),
    };
  };
}

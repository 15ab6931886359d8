import { invalidInput } from '../accept.js';
import { statuses, type Channel, type MessagingOperation } from '../state.js';

/** bb-messaging, getEmailStatus, and its sibling for text messages: how many messages of a request are in each status. */
export function createReadStatus(channel: Channel): MessagingOperation {
  return async ({ state, headers, query }) => {
    const requestUid = headers.requestuid ?? '';
    const found = await state.requests.get(requestUid);
    if (found?.doc.channel !== channel)
      return invalidInput(`requestUid ${requestUid} is not known`, 'unknown');
    const given = query.status ?? [];
    const wanted = (typeof given === 'string' ? [given] : given).flatMap((text) => text.split(','));
    const shown = wanted.length === 0 ? statuses : statuses.filter((status) => wanted.includes(status));
    const body = Object.fromEntries(shown.map((status) => [status, found.doc.counts[status]]));
    return { status: 200, rule: 'counted', body };
  };
}

import type { MessagingOperation } from '../state.js';

const MOST = 500;

/** Extension: what came back to a request, or to all of them. */
export const listReplies: MessagingOperation = async ({ state, query }) => {
  const requestUid = typeof query.requestUid === 'string' ? query.requestUid : undefined;
  const found = await state.replies.find({
    ...(requestUid === undefined ? {} : { filter: { requestUid } }),
    limit: MOST,
  });
  const replies = found.map(({ doc: { _id, ...reply } }) => ({ id: _id, ...reply }));
  return { status: 200, rule: 'listed', body: { replies } };
};

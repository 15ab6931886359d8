import type { DeriveContext, Effect } from '../kit/block-definition.js';
import { put } from '../kit/effects.js';
import { countOf } from './delivery.js';
import type { MessageDoc, MessagingState } from './state.js';

/** How many messages of a request stand how follows from the messages, once there are any. */
export async function deriveCounts({
  state,
  edits,
}: DeriveContext<MessagingState>): Promise<readonly Effect[]> {
  const requests = edits.flatMap(({ collection, before, after }) =>
    [before, after].flatMap((doc) => {
      if (doc === undefined) return [];
      if (collection === 'requests') return [doc._id];
      return collection === 'messages' ? [(doc as MessageDoc).requestUid] : [];
    }),
  );
  const effects: Effect[] = [];
  for (const id of new Set(requests)) {
    const request = (await state.requests.get(id))?.doc;
    if (request === undefined || request.phase === 'scheduled') continue;
    const messages = await state.messages.find({ filter: { requestUid: id } });
    effects.push(put('requests', { ...request, counts: countOf(messages.map(({ doc }) => doc)) }));
  }
  return effects;
}

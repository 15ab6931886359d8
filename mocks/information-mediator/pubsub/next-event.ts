import { eventDocumentId, type PublishedEvent, type PubSubState, type Subscription } from './state.js';

/** The next event that the subscriber has not acknowledged and that is not too old for it. */
export async function nextEvent(
  state: PubSubState,
  type: string,
  { from, acknowledged, options }: Subscription,
  now: Date,
): Promise<PublishedEvent | undefined> {
  const found = await state.events.find({
    idPrefix: `${type}/`,
    after: eventDocumentId(type, from),
  });
  return found
    .map(({ doc }) => doc)
    .find(
      ({ sequence, at }) =>
        sequence > from &&
        !acknowledged.includes(sequence) &&
        Date.parse(at) + options.TTL * 1000 > now.getTime(),
    );
}

/** The subscription once an event is acknowledged. */
export function acknowledged(subscription: Subscription, sequence: number): Subscription {
  let { from } = subscription;
  const open = new Set([...subscription.acknowledged, sequence]);
  while (open.delete(from + 1)) from += 1;
  return { ...subscription, from, acknowledged: [...open].filter((one) => one > from).sort((a, b) => a - b) };
}

import type { JobHandler } from '../../kit/block-definition.js';
import type { MediatorPorts } from '../operations/state.js';
import { eventDocumentId, type PubSubState } from './state.js';

export const BRIDGE = 'bridge';

/**
 * Hands a published event to the workflows that listen, as a CloudEvent whose source is the publisher. An event that was taken
 * back before is not handed on. Repeating it changes nothing: its source and id stay the same.
 */
export function createBridge({ announce }: Pick<MediatorPorts, 'announce'>): JobHandler<PubSubState> {
  return async ({ workspace, state, data }) => {
    const { type, sequence } = data as { type: string; sequence: number };
    const found = (await state.events.get(eventDocumentId(type, sequence)))?.doc;
    if (found === undefined) return;
    const { id, publisher, eventType, event, at } = found;
    await announce?.(workspace, { id, source: publisher, type: eventType, time: at, data: event });
  };
}

import { createHash } from 'node:crypto';
import type { Effect } from '../kit/block-definition.js';
import { timeText } from './answers.js';
import type { EventDoc, IdentityContext } from './state.js';

export interface RecordedEvent {
  readonly id: string;
  readonly effect: Effect;
}

/** Notes what was done with somebody's identity. The same request under its key notes the same event. */
export function recordEvent(
  context: Pick<IdentityContext, 'key' | 'now'>,
  event: Pick<EventDoc, 'individualId' | 'requestType' | 'summary' | 'info'> &
    Partial<Pick<EventDoc, 'status'>>,
): RecordedEvent {
  const id = eventId(`${event.requestType} ${context.key}`);
  const doc: EventDoc = { _id: id, status: 'SUCCESS', at: timeText(context.now), ...event };
  return { id, effect: { kind: 'put', collection: 'events', doc } };
}

/** 16 digits, as the official document wants them. */
function eventId(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  const number = digest.readBigUInt64BE() % 10_000_000_000_000_000n;
  return number.toString().padStart(16, '0');
}

import type { CloudEvent } from '../../contracts/run-event.js';

/** Source and id together name an event (CloudEvents 1.0, id). */
export function eventKey(event: CloudEvent): string {
  return `${event.source} ${event.id}`;
}

/**
 * Events in the order in which they came, kept until a listen task consumes them: one that comes before its listener is
 * not lost, and one that comes twice counts once, also after it was consumed.
 */
export class EventBuffer {
  private readonly arrivals: CloudEvent[] = [];
  private readonly positions = new Map<string, number>();
  private readonly consumed = new Set<string>();

  /** Whether it is new. */
  add(event: CloudEvent): boolean {
    const key = eventKey(event);
    if (this.positions.has(key)) return false;
    this.positions.set(key, this.arrivals.length);
    this.arrivals.push(event);
    return true;
  }

  /** How many ever came. */
  get length(): number {
    return this.arrivals.length;
  }

  /** The event that came at a position, unless it was consumed. */
  at(position: number): CloudEvent | undefined {
    const event = this.arrivals[position];
    return event === undefined || this.consumed.has(eventKey(event)) ? undefined : event;
  }

  has(event: CloudEvent): boolean {
    const key = eventKey(event);
    return this.positions.has(key) && !this.consumed.has(key);
  }

  /** Takes an event out, by its key; gives it also when it was taken out before. */
  consume(key: string): CloudEvent | undefined {
    this.consumed.add(key);
    return this.arrivals[this.positions.get(key) ?? -1];
  }

  /** Puts back what was taken out for somebody who did not come to use it. */
  release(key: string): void {
    this.consumed.delete(key);
  }
}

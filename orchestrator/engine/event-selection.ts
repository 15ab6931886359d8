import type { CloudEvent } from '../../contracts/run-event.js';
import type { EventConsumption, EventFilter } from '../../contracts/workflow.js';
import type { EventBuffer } from './event-buffer.js';
import { fits, type Bindings } from './event-filter.js';
import type { Locals } from './interpreter.js';
import type { Listened } from './memo.js';
import type { TaskWork } from './task-work.js';

/** An event that was chosen, and whether it belongs to `until`. */
export interface Chosen {
  readonly event: CloudEvent;
  readonly ends: boolean;
}

/**
 * Chooses events for one listen task, in the order in which they came. What was rejected once is not looked at again:
 * filters see the context as the task found it, correlation only ever becomes narrower. OWS DSL 1.0.3, Event Consumption Strategy.
 */
export class EventSelection {
  private readonly filters: readonly EventFilter[];
  private readonly ending: readonly EventFilter[];
  private readonly open: Set<EventFilter>;
  private readonly openEnding: Set<EventFilter>;
  private readonly bindings: Bindings = new Map();
  private readonly variables: Locals;
  private next = 0;
  private waitingFor: CloudEvent[] = [];

  constructor(
    private readonly work: TaskWork,
    private readonly to: EventConsumption,
    private readonly heard: Listened | undefined,
  ) {
    this.variables = work.variables();
    this.filters = filtersOf(to);
    const until = 'any' in to && typeof to.until === 'object' ? to.until : undefined;
    this.ending = until === undefined ? [] : filtersOf(until);
    this.open = new Set(this.filters);
    this.openEnding = new Set(this.ending);
    // What was taken before fills its filters and binds its values again.
    for (const event of heard?.events ?? []) this.accepts(this.filters, this.open, 'all' in to, event);
    for (const event of heard?.ending ?? [])
      this.accepts(this.ending, this.openEnding, until !== undefined && 'all' in until, event);
  }

  /** Whether what was taken so far is all that this listen waits for; `until` as an expression is not looked at. */
  get complete(): boolean {
    const events = this.heard?.events.length ?? 0;
    if ('all' in this.to) return events >= this.filters.length;
    if ('one' in this.to || this.to.until === undefined) return events >= 1;
    if (typeof this.to.until === 'string') return false;
    const ending = this.heard?.ending.length ?? 0;
    return 'all' in this.to.until ? ending >= this.ending.length : ending >= 1;
  }

  /** All events at once, as soon as they are there: for what ends with them. */
  takeAll(buffer: EventBuffer): readonly Chosen[] | undefined {
    if (this.waitingFor.some((event) => !buffer.has(event))) this.startOver();
    const wanted = 'all' in this.to ? this.filters.length - (this.heard?.events.length ?? 0) : 1;
    while (this.waitingFor.length < wanted) {
      const event = this.nextOf(buffer);
      if (event === undefined) return undefined;
      if (this.accepts(this.filters, this.open, 'all' in this.to, event)) this.waitingFor.push(event);
    }
    return this.waitingFor.map((event) => ({ event, ends: false }));
  }

  /** One event after the other: for what goes on until something ends it. */
  takeNext(buffer: EventBuffer): Chosen | undefined {
    const until = 'any' in this.to && typeof this.to.until === 'object' ? this.to.until : undefined;
    for (let event = this.nextOf(buffer); event !== undefined; event = this.nextOf(buffer)) {
      if (until !== undefined && this.accepts(this.ending, this.openEnding, 'all' in until, event))
        return { event, ends: true };
      if (this.accepts(this.filters, this.open, false, event)) return { event, ends: false };
    }
    return undefined;
  }

  private nextOf(buffer: EventBuffer): CloudEvent | undefined {
    while (this.next < buffer.length) {
      const event = buffer.at(this.next++);
      if (event !== undefined) return event;
    }
    return undefined;
  }

  /** No filters at all take any event. `fill`: each filter takes one event. */
  private accepts(
    filters: readonly EventFilter[],
    open: Set<EventFilter>,
    fill: boolean,
    event: CloudEvent,
  ): boolean {
    if (filters.length === 0) return !fill;
    const found = filters.find(
      (filter) =>
        (!fill || open.has(filter)) && fits(this.work, filter, event, this.variables, this.bindings),
    );
    if (found === undefined) return false;
    if (fill) open.delete(found);
    return true;
  }

  /** Another listener took an event that waited here for its companions. */
  private startOver(): void {
    this.next = 0;
    this.waitingFor = [];
    this.bindings.clear();
    for (const filter of this.filters) this.open.add(filter);
    for (const event of this.heard?.events ?? [])
      this.accepts(this.filters, this.open, 'all' in this.to, event);
  }
}

function filtersOf(to: EventConsumption): readonly EventFilter[] {
  if ('all' in to) return to.all;
  return 'any' in to ? to.any : [to.one];
}

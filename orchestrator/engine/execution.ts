import type { Json } from '../../contracts/json.js';
import type { WaitingFor } from '../../contracts/run.js';
import type { RunError, RunEvent, RunEventBody, Signal } from '../../contracts/run-event.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { deadlineOf } from './deadline.js';
import type { Effect } from './effect.js';
import { Scheduler, type FiberBody } from './fiber.js';
import { WorkflowEnd, type EngineDeps, type Interpreter, type TaskPlace } from './interpreter.js';
import { nameOf } from './instance-key.js';
import { instantText } from './instant-text.js';
import { foldJournal, type JournaledEvent, type Memo } from './memo.js';
import { performTask } from './perform-task.js';
import { runList } from './run-list.js';
import { timer } from './run-task.js';
import { messageOf, resolveAt, runVariables } from './variables.js';
import { standardError, WorkflowError } from './workflow-error.js';

export interface NewEvent {
  readonly event: RunEvent;
  readonly payload?: Json;
}

/** What an execution brought forth since it was last asked: journal the events, then perform the effects. */
export interface Progress {
  readonly events: readonly NewEvent[];
  readonly effects: readonly Effect[];
}

export interface ExecutionOptions {
  readonly runId: string;
  readonly document: WorkflowDocument;
  readonly journal: readonly JournaledEvent[];
  readonly deps: EngineDeps;
  /** The workspace's instant, and the machine's (for durations that people see). */
  readonly now: () => { readonly time: Date; readonly at: Date };
}

/**
 * One run, brought to where its journal says it stands, and from there on driven by what happens outside.
 * A pure machine: (journal, happening) -> (events, effects). It knows no clock, queue, network or database;
 * the same journal and happenings give the same events and effects.
 */
export class Execution {
  readonly memo: Memo;
  private readonly it: Interpreter;
  private readonly scheduler: Scheduler;
  private events: NewEvent[] = [];

  constructor(private readonly options: ExecutionOptions) {
    this.memo = foldJournal(options.journal);
    this.scheduler = new Scheduler(this.memo.events);
    this.it = {
      deps: options.deps,
      document: options.document,
      memo: this.memo,
      run: { id: options.runId, metadata: this.memo.metadata },
      now: () => options.now().time,
      emit: (event, payload) => this.emit(event, payload),
      perform: performTask,
    };
    if (this.memo.status === 'created') {
      this.memo.status = 'started';
      this.emit({ type: 'run.started' });
    }
    if (!this.ended) this.scheduler.spawn(this.root(), (outcome) => this.finish(outcome));
  }

  get ended(): boolean {
    return ['completed', 'cancelled', 'faulted'].includes(this.memo.status);
  }

  /** Why it faulted. */
  get error(): RunError | undefined {
    return this.memo.status === 'faulted' ? this.memo.error : undefined;
  }

  /** What it waits for now, outermost calls of the world included. */
  waiting(): readonly WaitingFor[] {
    return this.scheduler.waits().map((wait) => {
      if (wait.kind === 'listen') return { key: wait.key, name: nameOf(wait.key), kind: 'listen' };
      const { effect } = wait;
      if (effect.kind === 'timer')
        return { key: effect.key, name: nameOf(effect.key), kind: 'wait', due: effect.due };
      return { key: effect.key, name: nameOf(effect.key), kind: effect.kind };
    });
  }

  take(): Progress {
    const progress = {
      events: this.events,
      effects: this.memo.status === 'suspended' ? [] : this.scheduler.takeEffects(),
    };
    this.events = [];
    return progress;
  }

  /** An effect came to its end. Late answers to withdrawn effects are ignored. */
  complete(key: string, output: Json): void {
    this.scheduler.settle(key, { ok: true, value: output });
  }

  fail(key: string, error: RunError): void {
    this.scheduler.settle(key, { ok: false, error: new WorkflowError(error) });
  }

  /** Something from the run's inbox, at `position`. Repeated signals change nothing. */
  receive(position: number, signal: Signal): void {
    if (position <= this.memo.inbox) return;
    this.memo.inbox = position;
    const key = 'key' in signal ? signal.key : undefined;
    this.emit(
      {
        type: 'signal.received',
        inbox: position,
        signal: signal.kind,
        ...(key === undefined ? {} : { key }),
      },
      signal as unknown as Json,
    );
    if (this.memo.signals.has(signal.id)) return;
    this.memo.signals.add(signal.id);
    if (this.memo.status === 'suspended' && signal.kind !== 'cancel' && signal.kind !== 'resume') {
      if (signal.kind === 'event') this.memo.events.set(signal.event.id, signal.event);
      else this.memo.held.push(signal);
      return;
    }
    this.apply(signal);
  }

  private apply(signal: Signal): void {
    switch (signal.kind) {
      case 'event':
        this.memo.events.set(signal.event.id, signal.event);
        this.scheduler.offerEvents();
        return;
      case 'timer':
        this.memo.firedTimers.add(signal.key);
        this.complete(signal.key, null);
        return;
      case 'done':
        this.complete(signal.key, signal.output);
        return;
      case 'failed':
        this.fail(signal.key, signal.error);
        return;
      case 'cancel':
        if (this.ended) return;
        this.memo.status = 'cancelled';
        this.emit({ type: 'run.cancelled' });
        return;
      case 'suspend':
        if (this.memo.status !== 'started') return;
        this.memo.status = 'suspended';
        this.emit({ type: 'run.suspended' });
        return;
      case 'resume':
        this.resume();
    }
  }

  /** A faulted run is resumed by the runtime from its journal (`resumption`); a suspended one goes on here. */
  private resume(): void {
    if (this.memo.status !== 'suspended') return;
    this.memo.status = 'started';
    this.emit({ type: 'run.resumed', retrying: [] });
    const held = this.memo.held;
    this.memo.held = [];
    for (const signal of held) this.apply(signal);
    this.scheduler.offerEvents();
  }

  private *root(): FiberBody {
    const { document, memo } = this.it;
    const place: TaskPlace = { key: '', name: document.document.name, task: { do: document.do }, locals: {} };
    const input =
      document.input?.from === undefined
        ? memo.input
        : resolveAt(
            this.it,
            place,
            document.input.from,
            memo.input,
            { ...runVariables(this.it), input: memo.input },
            true,
          );
    const violation =
      document.input?.schema?.document === undefined
        ? undefined
        : this.it.deps.violation(document.input.schema.document, memo.input);
    if (violation !== undefined)
      throw standardError('validation', '/input', `The workflow's input: ${violation}`);
    const raw = yield* this.withinDeadline(place, this.tasks(input));
    return document.output?.as === undefined
      ? raw
      : resolveAt(this.it, place, document.output.as, raw, { ...runVariables(this.it), output: raw }, true);
  }

  private *tasks(input: Json): FiberBody {
    try {
      return yield* runList(this.it, this.it.document.do, '/do', input, {});
    } catch (error) {
      if (error instanceof WorkflowEnd) return error.output;
      throw error;
    }
  }

  private *withinDeadline(place: TaskPlace, body: FiberBody): FiberBody {
    const { timeout } = this.it.document;
    if (timeout === undefined) return yield* body;
    const due = deadlineOf(this.it, place, timeout, this.memo.startedAt);
    const result = (yield { kind: 'race', bodies: [() => body, () => timer(this.it, '!timeout', due)] }) as {
      index: number;
      output: Json;
    };
    if (result.index === 0) return result.output;
    throw standardError('timeout', '/', `The workflow was not done by ${due}.`);
  }

  private finish(outcome: { ok: true; value: Json } | { ok: false; error: unknown }): void {
    if (outcome.ok) {
      this.memo.status = 'completed';
      this.memo.output = outcome.value;
      this.emit({ type: 'run.completed' }, { output: outcome.value });
      return;
    }
    // Anything but a workflow error is a defect of ours; parked like one, so that nothing is lost.
    const error =
      outcome.error instanceof WorkflowError
        ? outcome.error
        : standardError('runtime', '/', `The engine failed: ${messageOf(outcome.error)}`);
    this.memo.status = 'faulted';
    this.memo.error = error.error;
    this.emit({ type: 'run.faulted', error: error.error, chain: error.chain });
  }

  private emit(event: RunEventBody, payload?: Json): void {
    const { time, at } = this.options.now();
    const stamped: RunEvent = { ...event, time: instantText(time), at: instantText(at) };
    this.events.push(payload === undefined ? { event: stamped } : { event: stamped, payload });
  }
}

/** The event that makes a faulted run try again what failed; undefined when the run has not faulted. */
export function resumption(journal: readonly JournaledEvent[]): RunEventBody | undefined {
  const last = journal.findLast(({ event }) => event.type === 'run.faulted' || event.type === 'run.resumed');
  return last?.event.type === 'run.faulted' ? { type: 'run.resumed', retrying: last.event.chain } : undefined;
}

import type { Json } from '../../contracts/json.js';
import type { WaitingFor } from '../../contracts/run.js';
import type { RunError, RunEvent, RunEventBody, Signal } from '../../contracts/run-event.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { compensate, withNote } from './compensate.js';
import type { Effect } from './effect.js';
import { extensionsOf } from './extensions.js';
import type { Outcome } from './fiber.js';
import { frameOf } from './frame.js';
import { foldJournal, foldRecord } from './fold-journal.js';
import { isHeld } from './fold-signal.js';
import type { Authorization, EngineDeps, Interpreter } from './interpreter.js';
import { nameOf } from './instance-key.js';
import { instantText } from './instant-text.js';
import { isEnded, type Ending, type JournaledEvent, type Memo } from './memo.js';
import { performTask } from './perform-task.js';
import { runWorkflow } from './root.js';
import { runTask } from './run-extended.js';
import { Scheduler } from './scheduler.js';
import { descriptorsOf, messageOf } from './variables.js';
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
  /** The values of `use.secrets`, by name. */
  readonly secrets?: Readonly<Record<string, Json>>;
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
  /** How the tasks ended while the run was suspended. */
  private outcome: Outcome | undefined;

  constructor(private readonly options: ExecutionOptions) {
    this.memo = foldJournal(options.journal);
    this.scheduler = new Scheduler(this.memo.events);
    const frame = frameOf(this.memo.frames, '');
    const run = { id: options.runId, metadata: this.memo.metadata };
    this.it = {
      deps: options.deps,
      document: options.document,
      parts: options.document.parts ?? {},
      frame,
      memo: this.memo,
      run,
      descriptors: descriptorsOf(run, options.document, frame),
      secrets: options.secrets ?? {},
      extensions: extensionsOf(options.document),
      authorizations: new Map(),
      now: () => options.now().time,
      emit: (event, payload) => {
        this.emit(event, payload);
      },
      runTask,
      perform: performTask,
    };
    if (this.memo.status === 'created') this.emit({ type: 'run.started' });
    this.start();
  }

  get ended(): boolean {
    return isEnded(this.memo);
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

  /**
   * An effect came to its end. Late answers to withdrawn effects are ignored. `authorization` is what
   * `$authorization` shows to the task's `output` and `export`; it is kept nowhere.
   */
  complete(key: string, output: Json, authorization?: Authorization): void {
    if (authorization !== undefined) this.it.authorizations.set(key, authorization);
    this.scheduler.settle(key, { ok: true, value: output });
    this.it.authorizations.delete(key);
  }

  fail(key: string, error: RunError): void {
    this.scheduler.settle(key, { ok: false, error: new WorkflowError(error) });
  }

  /** Something from the run's inbox, at `position`. Repeated signals change nothing. */
  receive(position: number, signal: Signal): void {
    if (position <= this.memo.inbox) return;
    const inert = this.memo.signals.has(signal.id) || isHeld(this.memo, signal);
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
    if (inert) return;
    this.react(signal);
    this.obey();
  }

  /** From where the journal stands; what was asked for before a crash is done first. */
  private start(): void {
    if (this.ended) return;
    if (this.memo.compensating !== undefined) {
      this.undo(this.memo.compensating);
      return;
    }
    this.scheduler.spawn(runWorkflow(this.it), (outcome) => {
      this.finish(outcome);
    });
    this.obey();
  }

  /** The memo has taken the signal; those that wait for it learn of it here. */
  private react(signal: Signal): void {
    switch (signal.kind) {
      case 'event':
        this.scheduler.offerEvents();
        return;
      case 'timer':
        this.scheduler.settle(signal.key, { ok: true, value: null });
        return;
      case 'done':
        this.scheduler.settle(signal.key, { ok: true, value: signal.output });
        return;
      case 'failed':
        this.fail(signal.key, signal.error);
        return;
      case 'cancel':
      case 'suspend':
      case 'resume':
    }
  }

  /** Does what a signal asked of the run as a whole. */
  private obey(): void {
    switch (this.memo.requested) {
      case 'cancel':
        this.scheduler.cancelAll();
        this.close({ reason: 'cancelled' });
        return;
      case 'suspend':
        this.emit({ type: 'run.suspended' });
        return;
      case 'resume':
        this.resume();
        return;
      case undefined:
    }
  }

  /** A faulted run is resumed by the runtime from its journal (`resumption`); a suspended one goes on here. */
  private resume(): void {
    const { held } = this.memo;
    this.emit({ type: 'run.resumed', retrying: [] });
    for (const signal of held) this.react(signal);
    this.scheduler.openGate();
    const { outcome } = this;
    this.outcome = undefined;
    if (outcome !== undefined) this.finish(outcome);
    this.obey();
  }

  private finish(outcome: Outcome): void {
    if (this.memo.status === 'suspended') {
      this.outcome = outcome;
      return;
    }
    if (outcome.ok) {
      this.emit({ type: 'run.completed' }, { output: outcome.value });
      return;
    }
    // Anything but a workflow error is a defect of ours; parked like one, so that nothing is lost.
    const { error, chain } =
      outcome.error instanceof WorkflowError
        ? outcome.error
        : standardError('runtime', '/', `The engine failed: ${messageOf(outcome.error)}`);
    this.close({ reason: 'faulted', error, chain });
  }

  /** Undoes what can be undone, and only then says how the run ends. */
  private close(ending: Ending): void {
    if (this.memo.compensable.size === 0) {
      this.end(ending, []);
      return;
    }
    this.emit({ type: 'run.compensating', ...ending });
    this.undo(ending);
  }

  private undo(ending: Ending): void {
    this.scheduler.spawn(compensate(this.it), (outcome) => {
      this.end(ending, outcome.ok ? outcome.value : [messageOf(outcome.error)]);
    });
  }

  private end(ending: Ending, failed: Json): void {
    if (ending.reason === 'cancelled') this.emit({ type: 'run.cancelled' });
    else this.emit({ type: 'run.faulted', error: withNote(ending.error, failed), chain: ending.chain });
  }

  /** What is journaled is folded in at once: the memo is at every moment what a replay would make of it. */
  private emit(event: RunEventBody, payload?: Json): void {
    const { time, at } = this.options.now();
    const stamped: RunEvent = { ...event, time: instantText(time), at: instantText(at) };
    const record = payload === undefined ? { event: stamped } : { event: stamped, payload };
    foldRecord(this.memo, record);
    this.events.push(record);
  }
}

/** The event that makes a faulted run try again what failed; undefined when the run has not faulted. */
export function resumption(journal: readonly JournaledEvent[]): RunEventBody | undefined {
  const last = journal.findLast(({ event }) => event.type === 'run.faulted' || event.type === 'run.resumed');
  return last?.event.type === 'run.faulted' ? { type: 'run.resumed', retrying: last.event.chain } : undefined;
}

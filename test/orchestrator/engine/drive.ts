import { parse } from 'yaml';
import type { CallEffect } from '../../../contracts/catalog-function.js';
import type { Json } from '../../../contracts/json.js';
import type { CloudEvent, RunEvent, Signal } from '../../../contracts/run-event.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import { attachParts } from '../../../orchestrator/definition/attach-parts.js';
import { createSharedParts } from '../../../orchestrator/definition/shared-parts.js';
import {
  Execution,
  type Effect,
  type EngineDeps,
  type JournaledEvent,
} from '../../../orchestrator/engine/index.js';
import { createEvaluator } from '../../../orchestrator/expressions/evaluator.js';
import { resolveTemplate } from '../../../orchestrator/expressions/template.js';

const evaluator = await createEvaluator();
let drawn = 0;

export const engineDeps: EngineDeps = {
  evaluate: (program, input, variables) => evaluator.evaluate(program, input, variables),
  resolve: (template, input, variables) => resolveTemplate(template, evaluator, input, variables),
  violation: (schema, value) =>
    schema['type'] === typeof value ? undefined : `is not a ${JSON.stringify(schema['type'])}`,
  // Never twice the same: what is drawn again after a crash would show.
  random: () => (drawn++ % 97) / 97,
};

/** The engine runs documents that were checked before; here they are taken as they are. */
export function documentOf(yaml: string): WorkflowDocument {
  return parse(yaml, { merge: true }) as WorkflowDocument;
}

/** With the documents of shared parts, as text. */
export function withParts(
  document: WorkflowDocument,
  texts: readonly string[] | undefined,
): WorkflowDocument {
  if (texts === undefined) return document;
  const folders = texts.map((text): [string, ReadonlyMap<string, string>] => [
    documentOf(text).document.name,
    new Map([['workflow.yaml', text]]),
  ]);
  const shared = createSharedParts(new Map(folders));
  return attachParts(document, shared.names, shared, (what) => {
    throw new Error(what);
  });
}

export function newRun(
  { document: { namespace, name, version } }: WorkflowDocument,
  input: Json,
): JournaledEvent {
  const stamp = '2026-01-01T00:00:00.000Z';
  return {
    event: {
      type: 'run.created',
      workflow: { namespace, name, version },
      useCase: 'test',
      caseId: 'case-1',
      time: stamp,
      at: stamp,
    },
    payload: { input, metadata: { case: { id: 'case-1' } } },
  };
}

export interface DriveOptions {
  readonly secrets?: Readonly<Record<string, Json>>;
  readonly deps?: EngineDeps;
  readonly parts?: readonly string[];
}

/** A run under test: a document, its journal so far, and hands to move it along. */
export class Drive {
  readonly journal: JournaledEvent[] = [];
  readonly calls: CallEffect[] = [];
  readonly runs: Extract<Effect, { kind: 'run' }>[] = [];
  readonly emitted: CloudEvent[] = [];
  readonly timers: { key: string; due: string }[] = [];
  readonly withdrawn: string[] = [];
  time = new Date('2026-01-01T00:00:00Z');
  execution: Execution;
  private inbox = 0;
  private readonly document;

  constructor(
    yaml: string,
    input: Json = {},
    private readonly options: DriveOptions = {},
  ) {
    this.document = withParts(documentOf(yaml), options.parts);
    this.journal.push(newRun(this.document, input));
    this.execution = this.restart();
  }

  /** As after a crash: a new execution from the journal, through JSON as storage does it. */
  restart(): Execution {
    const journal = JSON.parse(JSON.stringify(this.journal)) as JournaledEvent[];
    this.journal.splice(0, this.journal.length, ...journal);
    for (const asked of [this.calls, this.runs, this.timers]) asked.length = 0;
    this.execution = new Execution({
      runId: 'run-1',
      document: this.document,
      journal: this.journal,
      deps: this.options.deps ?? engineDeps,
      secrets: this.options.secrets ?? {},
      now: () => ({ time: this.time, at: this.time }),
    });
    this.turn();
    return this.execution;
  }

  turn(): void {
    const { events, effects } = this.execution.take();
    this.journal.push(...events);
    for (const effect of effects) {
      if (effect.kind === 'call') this.calls.push(effect);
      else if (effect.kind === 'timer') this.timers.push(effect);
      else if (effect.kind === 'run') this.runs.push(effect);
      else if (effect.kind === 'withdraw') this.withdraw(effect.key);
      else {
        this.emitted.push(effect.event);
        this.execution.complete(effect.key, effect.event);
        this.turn();
      }
    }
  }

  answer(name: string, output: Json, authorization?: { scheme: string; parameter: string }): void {
    this.execution.complete(this.takeCall(name).key, output, authorization);
    this.turn();
  }

  fail(name: string, status: number): void {
    const type = 'https://open-workflow-specification.org/spec/1.0.0/errors/communication';
    this.execution.fail(this.takeCall(name).key, { type, status, title: 'failed', instance: '/x' });
    this.turn();
  }

  signal(signal: Record<string, Json>): void {
    this.inbox += 1;
    this.execution.receive(this.inbox, { id: `signal-${this.inbox}`, ...signal } as unknown as Signal);
    this.turn();
  }

  event(attributes: { id: string; type: string; [name: string]: Json }): void {
    this.signal({ kind: 'event', event: { specversion: '1.0', source: 'test', ...attributes } });
  }

  fire(index = 0): void {
    const [timer] = this.timers.splice(index, 1);
    if (timer === undefined) throw new Error('No timer is set');
    this.time = new Date(timer.due);
    this.signal({ kind: 'timer', key: timer.key });
  }

  types(): string[] {
    return this.journal.map(({ event }) => event.type);
  }

  eventsOf<T extends RunEvent['type']>(type: T): Extract<RunEvent, { type: T }>[] {
    return eventsOf(this.journal, type);
  }

  /** `type key`, for the events of tasks. */
  told(): string[] {
    return this.journal.flatMap(({ event }) =>
      'key' in event && event.type.startsWith('task.') ? [`${event.type} ${event.key}`] : [],
    );
  }

  get output(): Json {
    return this.execution.memo.output;
  }

  get status(): string {
    return this.execution.memo.status;
  }

  private withdraw(key: string): void {
    this.withdrawn.push(key);
    for (const asked of [this.calls, this.runs, this.timers] as { key: string }[][]) {
      const index = asked.findIndex((one) => one.key === key);
      if (index >= 0) asked.splice(index, 1);
    }
  }

  private takeCall(name: string): CallEffect {
    const index = this.calls.findIndex(({ key }) => key.includes(`/${name}`));
    const [call] = index < 0 ? [] : this.calls.splice(index, 1);
    if (call === undefined)
      throw new Error(
        `No call of ${name} is asked for; there are ${this.calls.map(({ key }) => key).join(', ')}`,
      );
    return call;
  }
}

export function eventsOf<T extends RunEvent['type']>(
  journal: readonly JournaledEvent[],
  type: T,
): Extract<RunEvent, { type: T }>[] {
  return journal.flatMap(({ event }) =>
    event.type === type ? [event as Extract<RunEvent, { type: T }>] : [],
  );
}

export { workflow } from './workflow-text.js';

import type { CallEffect } from '../../../contracts/catalog-function.js';
import type { Json } from '../../../contracts/json.js';
import type { RunEvent, Signal } from '../../../contracts/run-event.js';
import { loadWorkflow } from '../../../orchestrator/definition/load-workflow.js';
import { Execution, type EngineDeps, type JournaledEvent } from '../../../orchestrator/engine/index.js';
import { createEvaluator } from '../../../orchestrator/expressions/evaluator.js';
import { resolveTemplate } from '../../../orchestrator/expressions/template.js';

const evaluator = await createEvaluator();

export const engineDeps: EngineDeps = {
  evaluate: (program, input, variables) => evaluator.evaluate(program, input, variables),
  resolve: (template, input, variables) => resolveTemplate(template, evaluator, input, variables),
  violation: (schema, value) =>
    schema['type'] === typeof value ? undefined : `is not a ${JSON.stringify(schema['type'])}`,
  random: () => 0.5,
};

/** A run under test: a document, its journal so far, and hands to move it along. */
export class Drive {
  readonly journal: JournaledEvent[] = [];
  readonly calls: CallEffect[] = [];
  readonly timers: { key: string; due: string }[] = [];
  readonly withdrawn: string[] = [];
  time = new Date('2026-01-01T00:00:00Z');
  execution: Execution;
  private inbox = 0;
  private readonly document;

  constructor(yaml: string, input: Json = {}) {
    this.document = loadWorkflow(yaml, 'test.yaml');
    const stamp = this.time.toISOString();
    const { namespace, name, version } = this.document.document;
    this.journal.push({
      event: {
        type: 'run.created',
        workflow: { namespace, name, version },
        useCase: 'test',
        caseId: 'case-1',
        time: stamp,
        at: stamp,
      },
      payload: { input, metadata: { case: { id: 'case-1' } } },
    });
    this.execution = this.restart();
  }

  /** As after a crash: a new execution from the journal, through JSON as storage does it. */
  restart(): Execution {
    const journal = JSON.parse(JSON.stringify(this.journal)) as JournaledEvent[];
    this.journal.splice(0, this.journal.length, ...journal);
    this.calls.length = 0;
    this.timers.length = 0;
    this.execution = new Execution({
      runId: 'run-1',
      document: this.document,
      journal: this.journal,
      deps: engineDeps,
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
      else if (effect.kind === 'withdraw') this.withdrawn.push(effect.key);
    }
  }

  answer(name: string, output: Json): void {
    this.execution.complete(this.takeCall(name).key, output);
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
    return this.journal.flatMap(({ event }) =>
      event.type === type ? [event as Extract<RunEvent, { type: T }>] : [],
    );
  }

  get output(): Json {
    return this.execution.memo.output;
  }

  get status(): string {
    return this.execution.memo.status;
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

export { workflow } from './workflow-text.js';

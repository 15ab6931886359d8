import { existsSync, readFileSync } from 'node:fs';

import type { CallEffect } from '../../contracts/catalog-function.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { RunError, Signal } from '../../contracts/run-event.js';
import { fileURLToPath } from 'node:url';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { readSharedParts } from '../../app/read-use-cases.js';
import { attachParts } from '../../orchestrator/definition/attach-parts.js';
import { loadWorkflow } from '../../orchestrator/definition/load-workflow.js';
import {
  Execution,
  type Effect,
  type EngineDeps,
  type JournaledEvent,
} from '../../orchestrator/engine/index.js';
import { createEvaluator } from '../../orchestrator/expressions/evaluator.js';
import { resolveTemplate } from '../../orchestrator/expressions/template.js';
import { bodyViolation } from './block-contracts.js';
import { usctFolder } from './use-case-files.js';

const evaluator = await createEvaluator();
const deps: EngineDeps = {
  evaluate: (program, input, variables) => evaluator.evaluate(program, input, variables),
  resolve: (template, input, variables) => resolveTemplate(template, evaluator, input, variables),
  violation: () => undefined,
  random: () => 0.5,
};

/** What the world says to one call: an output, an error status, nothing yet, or an output and an event that follows. */
export type Reply =
  | { readonly output: Json; readonly event?: { readonly type: string; readonly data: Json } }
  | { readonly status: number; readonly type?: string; readonly detail?: string }
  | 'wait';

export interface Play {
  readonly workflow: string;
  readonly input: Json;
  readonly metadata: JsonObject;
  /** By the task's name; what is not named here is answered by `byDefault`. */
  readonly replies: Readonly<Record<string, Reply | ((args: JsonObject, visit: number) => Reply)>>;
  /** Whether timers fire at once. */
  readonly timers?: boolean;
}

export interface Played {
  readonly status: string;
  readonly output: Json;
  readonly error: RunError | undefined;
  /** States that moveCase was asked for, in order. */
  readonly states: readonly string[];
  readonly facts: JsonObject;
  readonly calls: readonly { readonly name: string; readonly args: JsonObject }[];
  readonly open: readonly string[];
  readonly journalBytes: number;
}

/** What is sent must fit the contract of the block, or the test fails where it is sent. */
function assertBody(args: JsonObject): void {
  const { document, operationId, parameters } = args as {
    document: { endpoint: string };
    operationId: string;
    parameters?: { body?: Json };
  };
  const violation = bodyViolation(document.endpoint.split('/')[2] ?? '', operationId, parameters?.body);
  if (violation !== undefined) throw new Error(violation);
}

const shared = await readSharedParts(fileURLToPath(new URL('..', usctFolder)));

/** With its parts; one that the test answers itself, as `run <part>`, is asked for instead of performed. */
function loaded(workflow: string, replies: Play['replies']): WorkflowDocument {
  const place = new URL(`workflows/${workflow}.yaml`, usctFolder);
  const part = existsSync(place) ? undefined : shared.part(workflow);
  const document =
    part === undefined ? loadWorkflow(readFileSync(place, 'utf8'), `${workflow}.yaml`) : part.document;
  const whole = attachParts(document, shared.names, shared, (what) => {
    throw new Error(what);
  });
  const parts = Object.entries(whole.parts ?? {}).map(([key, one]) => {
    const name = `run ${one.document.name}`;
    const ask = { [name]: { call: 'answered:1.0.0@default', with: '${ . }' } };
    return [key, replies[name] === undefined ? one : { ...one, do: [ask] }];
  });
  return { ...whole, parts: Object.fromEntries(parts) as NonNullable<WorkflowDocument['parts']> };
}

/** `population-registry` is the Population registry. */
function registryOf(args: JsonObject): string {
  const { endpoint } = args['document'] as { endpoint: string };
  const name = endpoint.split('/')[2]?.replace('-registry', '') ?? '';
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** Runs a workflow of the use case on the real engine against a scripted world, until it ends or waits for somebody. */
export function play({ workflow, input, metadata, replies, timers = false }: Play): Played {
  const document = loaded(workflow, replies);
  const time = new Date('2026-01-05T08:00:00Z');
  const stamp = time.toISOString();
  const journal: JournaledEvent[] = [
    {
      event: {
        type: 'run.created',
        workflow: { namespace: 'usct', name: workflow, version: '1.0.0' },
        useCase: 'usct',
        caseId: 'case-1',
        time: stamp,
        at: stamp,
      },
      payload: { input, metadata },
    },
  ];
  const execution = new Execution({
    runId: 'run-1',
    document,
    journal,
    deps,
    now: () => ({ time, at: time }),
  });
  const states: string[] = [];
  const calls: { name: string; args: JsonObject }[] = [];
  const open: string[] = [];
  let facts: JsonObject = {};
  let inbox = 0;
  const visits = new Map<string, number>();
  const signal = (of: Record<string, Json>): void => {
    inbox += 1;
    execution.receive(inbox, { id: `signal-${inbox}`, ...of } as unknown as Signal);
  };

  const perform = (effect: Effect): void => {
    if (effect.kind === 'timer') {
      if (timers) signal({ kind: 'timer', key: effect.key });
    } else if (effect.kind === 'call') performCall(effect);
    else if (effect.kind === 'run')
      reply(effect.key, `run ${effect.workflow.name}`, effect.input as JsonObject, effect.input);
  };

  const performCall = (effect: CallEffect): void => {
    const taskName =
      effect.key
        .split('/')
        .at(-1)
        ?.replace(/[@#].*$/, '') ?? '';
    const args = (effect.args ?? {}) as JsonObject;
    const name = taskName === 'readRegistry' ? `read${registryOf(args)}` : taskName;
    if (effect.task.call === 'openapi') assertBody(args);
    if (effect.task.call.startsWith('moveCase') && args['case'] === undefined) {
      states.push(args['state'] as string);
      facts = { ...facts, ...((args['facts'] ?? {}) as JsonObject) };
      calls.push({ name, args });
      execution.complete(effect.key, effect.input);
    } else reply(effect.key, name, args, effect.input);
  };

  const reply = (key: string, name: string, args: JsonObject, given: Json): void => {
    calls.push({ name, args });
    const visit = (visits.get(name) ?? 0) + 1;
    visits.set(name, visit);
    const scripted = replies[name] ?? { output: given };
    const answer = typeof scripted === 'function' ? scripted(args, visit) : scripted;
    if (answer === 'wait') open.push(name);
    else if ('status' in answer) {
      const type = `https://open-workflow-specification.org/spec/1.0.0/errors/${answer.type ?? 'communication'}`;
      const detail = answer.detail === undefined ? {} : { detail: answer.detail };
      execution.fail(key, { type, status: answer.status, title: 'failed', instance: '/', ...detail });
    } else {
      execution.complete(key, answer.output);
      if (answer.event) {
        signal({
          kind: 'event',
          event: { specversion: '1.0', id: `event-${inbox}`, source: 'test', ...answer.event },
        });
      }
    }
  };

  let journalBytes = 0;
  for (;;) {
    const { events, effects } = execution.take();
    journalBytes += JSON.stringify(events).length;
    if (effects.length === 0) break;
    effects.forEach(perform);
  }
  return {
    status: execution.memo.status,
    output: execution.memo.output,
    error: execution.error,
    states,
    facts,
    calls,
    open,
    journalBytes,
  };
}

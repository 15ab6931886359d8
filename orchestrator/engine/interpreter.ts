import type { Json, JsonObject } from '../../contracts/json.js';
import type { Limits } from '../../contracts/limits.js';
import type { RunEventBody, TaskNames } from '../../contracts/run-event.js';
import type { Task, WorkflowDocument } from '../../contracts/workflow.js';
import type { Extensions } from './extensions.js';
import type { FiberBody } from './fiber.js';
import type { Frame } from './frame.js';
import type { Memo } from './memo.js';
import type { TaskNotes } from './task-notes.js';
import type { TaskGenerator } from './task-result.js';

/** What the engine needs from outside: pure functions, and a source of random numbers. */
export interface EngineDeps {
  /** First output of a jq program; throws with a readable message. */
  readonly evaluate: (program: string, input: Json, variables: Readonly<Record<string, Json>>) => Json;
  /** Replaces `${…}` strings of a template by their values. */
  readonly resolve: (template: Json, input: Json, variables: Readonly<Record<string, Json>>) => Json;
  /** A sentence about the first violation, or undefined when the value fits the JSON Schema. */
  readonly violation: (schema: JsonObject, value: Json) => string | undefined;
  /** From 0 up to 1. What is made of it is journaled and never drawn again. */
  readonly random: () => number;
  /** Absent: the defaults. */
  readonly limits?: Limits;
}

/** Loop and catch variables that are in scope. */
export type Locals = Readonly<Record<string, Json>>;

/** `$authorization`, OWS DSL 1.0.3, Authorization Descriptor. */
export interface Authorization {
  readonly scheme: string;
  readonly parameter: string;
}

/** Shared by all task generators of one run. */
export interface Interpreter {
  readonly deps: EngineDeps;
  /** Of the run, or of the part that is performed here. */
  readonly document: WorkflowDocument;
  /** The parts that may be performed, by `name:version`. */
  readonly parts: Readonly<Record<string, WorkflowDocument>>;
  /** Where the document is performed. */
  readonly frame: Frame;
  readonly memo: Memo;
  readonly run: { readonly id: string; readonly metadata: Json };
  /** `$workflow` and `$runtime`, which stay the same for the whole document. */
  readonly descriptors: { readonly workflow: Json; readonly runtime: Json };
  /** The values of `use.secrets`, by name. They live in memory only. */
  readonly secrets: Readonly<Record<string, Json>>;
  readonly extensions: Extensions;
  /** How calls of this advance authenticated, by effect. Never journaled. */
  readonly authorizations: Map<string, Authorization>;
  /** The instant of the present advance, on the workspace clock. */
  readonly now: () => Date;
  readonly emit: (event: RunEventBody, payload?: Json) => void;
  /** One task instance, extensions included. Handed in, like `perform`. */
  readonly runTask: (it: Interpreter, place: TaskPlace, rawInput: Json) => TaskGenerator;
  /** The body of a task, by its kind. Handed in, because bodies run tasks again: the recursion is here, not in imports. */
  readonly perform: (
    it: Interpreter,
    place: TaskPlace,
    input: Json,
    startedAt: string,
    names: TaskNames,
    notes: TaskNotes,
    data: TaskData,
  ) => FiberBody;
}

/** What tasks inherit from the one around them. */
export interface Scope {
  readonly locals: Locals;
  /** Set within an extension: the `$task` that it extends. No extension applies to its tasks. */
  readonly extended?: Json | undefined;
  /** Set within a compensation: it is not itself compensated. */
  readonly compensating?: true | undefined;
}

/** Where a task stands. */
export interface TaskPlace extends Scope {
  readonly key: string;
  readonly name: string;
  readonly task: Task;
}

/** The data of one task instance, for its expressions. */
export interface TaskData {
  readonly rawInput: Json;
  readonly startedAt: string;
  /** `$context` as the task found it; what changes later does not change what was decided. */
  readonly context: Json;
}

/** The scope of a task's subtasks, with further variables. */
export function scopeOf(place: Scope, more?: Locals): Scope {
  return {
    locals: more === undefined ? place.locals : { ...place.locals, ...more },
    extended: place.extended,
    compensating: place.compensating,
  };
}

/** Thrown by `then: end`: nothing catches it but the run. */
export class WorkflowEnd extends Error {
  constructor(readonly output: Json) {
    super('The workflow ends here');
    this.name = 'WorkflowEnd';
  }
}

import type { Json, JsonObject } from '../../contracts/json.js';
import type { Limits } from '../../contracts/limits.js';
import type { RunEventBody, TaskNames } from '../../contracts/run-event.js';
import type { Task, WorkflowDocument } from '../../contracts/workflow.js';
import type { FiberBody } from './fiber.js';
import type { Memo } from './memo.js';
import type { TaskNotes } from './task-notes.js';

/** What the engine needs from outside: pure functions. */
export interface EngineDeps {
  /** First output of a jq program; throws with a readable message. */
  readonly evaluate: (program: string, input: Json, variables: Readonly<Record<string, Json>>) => Json;
  /** Replaces `${…}` strings of a template by their values. */
  readonly resolve: (template: Json, input: Json, variables: Readonly<Record<string, Json>>) => Json;
  /** A sentence about the first violation, or undefined when the value fits the JSON Schema. */
  readonly violation: (schema: JsonObject, value: Json) => string | undefined;
  /** Absent: the defaults. */
  readonly limits?: Limits;
}

/** Loop and catch variables that are in scope. */
export type Locals = Readonly<Record<string, Json>>;

/** Shared by all task generators of one run. */
export interface Interpreter {
  readonly deps: EngineDeps;
  readonly document: WorkflowDocument;
  readonly memo: Memo;
  readonly run: { readonly id: string; readonly metadata: Json };
  /** The instant of the present advance, on the workspace clock. */
  readonly now: () => Date;
  readonly emit: (event: RunEventBody, payload?: Json) => void;
  /** The body of a task, by its kind. Handed in, because bodies run tasks again: the recursion is here, not in imports. */
  readonly perform: (
    it: Interpreter,
    place: TaskPlace,
    input: Json,
    startedAt: string,
    names: TaskNames,
    notes: TaskNotes,
  ) => FiberBody;
}

/** Where a task stands. */
export interface TaskPlace {
  readonly key: string;
  readonly name: string;
  readonly task: Task;
  readonly locals: Locals;
}

/** Thrown by `then: end`: nothing catches it but the run. */
export class WorkflowEnd extends Error {
  constructor(readonly output: Json) {
    super('The workflow ends here');
    this.name = 'WorkflowEnd';
  }
}

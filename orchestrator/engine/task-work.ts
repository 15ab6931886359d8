import type { Json } from '../../contracts/json.js';
import type { WorkflowReference } from '../../contracts/workflow.js';
import type { Interpreter, TaskPlace } from './interpreter.js';
import type { TaskNotes } from './task-notes.js';

/** What a task's body works with. */
export interface TaskWork {
  readonly it: Interpreter;
  readonly place: TaskPlace;
  /** The transformed input. */
  readonly input: Json;
  readonly startedAt: string;
  readonly notes: TaskNotes;
  /** Writes `task.started`, once; `args` is what an effect will be performed with, `part` the part that is performed. */
  readonly begin: (args?: Json, part?: WorkflowReference) => void;
  /** True when the journal shows the task as begun: its effect may have happened. */
  readonly doubtful: boolean;
  /** The arguments journaled when the task was begun. */
  readonly begunWith: Json | undefined;
  /** What the expressions of the task's definition see: the context as it is now, or as the task found it. */
  readonly variables: (context?: 'now' | 'found', input?: Json) => Record<string, Json>;
}

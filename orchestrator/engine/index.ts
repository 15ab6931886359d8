export { Execution, resumption } from './execution.js';
export type { ExecutionOptions, NewEvent, Progress } from './execution.js';
export type { Effect, RunEffect } from './effect.js';
export type { EngineDeps } from './interpreter.js';
export type { JournaledEvent, Memo } from './memo.js';
export { addDuration } from './duration.js';
export { effectKey, nameOf as nameOfKey, pointerOf } from './instance-key.js';
export { ERROR_TYPE_BASE, standardError, WorkflowError } from './workflow-error.js';

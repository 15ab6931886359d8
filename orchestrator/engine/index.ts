export { Execution, resumption } from './execution.js';
export type { Effect } from './effect.js';
export type { EngineDeps } from './interpreter.js';
export type { JournaledEvent } from './memo.js';
export { addDuration } from './duration.js';
export { begunTasks, historyBefore, instancesAt } from './run-again.js';
export type { BegunTask, EarlierRecord } from './run-again.js';
export { effectKey, isWithin, nameOf as nameOfKey, pointerOf } from './instance-key.js';
export { sameErrorType, standardError } from './workflow-error.js';

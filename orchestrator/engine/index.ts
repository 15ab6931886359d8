export { Execution, resumption } from './execution.js';
export type { Effect } from './effect.js';
export type { EngineDeps } from './interpreter.js';
export type { JournaledEvent } from './memo.js';
export { addDuration } from './duration.js';
export { effectKey, nameOf as nameOfKey, pointerOf } from './instance-key.js';
export { standardError } from './workflow-error.js';
export { isLongerThan, limitError } from './limit.js';

import type { Json } from '../../contracts/json.js';
import type { Instruction } from './fiber.js';

/** A task's output together with where the flow goes next. */
export interface TaskResult {
  readonly output: Json;
  readonly then: string | undefined;
}

export type TaskGenerator = Generator<Instruction, TaskResult, Json>;

import { z } from 'zod';
import { mapping } from './primitives.js';
import { shape } from './shape.js';

/** What this sandbox adds to the language: contracts/workflow-tasks.ts, SandboxMetadata. */
const sandboxMetadata = shape('sandboxMetadata', 'What the GovStack sandbox adds to the language.', {
  step: z.string().min(1).optional().describe("The use case's step that the task belongs to."),
  narration: z
    .string()
    .min(1)
    .optional()
    .describe('The key of the sentence, under narration in locales/, that tells the task.'),
  concurrency: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Of a for: so many iterations at a time, isolated from each other.'),
  onItemError: z
    .enum(['stop', 'collect'])
    .optional()
    .describe('Of such a for: fault with the first failed item, or put {error} in its place.'),
  compensate: z
    .string()
    .min(1)
    .optional()
    .describe('The function of use.functions that undoes this task if the run is cancelled or faults later.'),
  unclear: shape('unclear', 'Of a call: how to find out whether it took effect when no answer came.', {
    ask: shape('unclearAsk', 'The operation that tells.', {
      operationId: z.string().min(1),
      parameters: mapping.optional(),
    }),
    found: z.string().min(1).describe('jq over the answer: whether the call took effect.'),
    as: z.string().min(1).describe("jq over the answer: the call's output."),
  }).optional(),
  once: z
    .boolean()
    .optional()
    .describe('Of a call: when a run is run again, fault rather than ask for something else than before.'),
});

export const taskMetadata = z
  .looseObject({ sandbox: sandboxMetadata.optional() })
  .describe('Anything; what the sandbox reads lies under sandbox.');

import type { ApiPorts } from '../../orchestrator/http/api-ports.js';
import { workflowJsonSchema } from '../../orchestrator/definition/schema/json-schema.js';
import { createValidator, type Validator } from './validation.js';

const SCHEMA_ID = 'https://govstack-sandbox.invalid/schema/workflow.json';

/** Validation for the API. Made when somebody first asks: most sandboxes never do, and it loads an evaluator of its own. */
export function createApiValidation(): ApiPorts['validation'] {
  let validator: Promise<Validator> | undefined;
  let schema: ReturnType<typeof workflowJsonSchema> | undefined;
  return {
    document: async (text) => (await (validator ??= createValidator())).document(text, 'workflow.yaml'),
    schema: () => Promise.resolve((schema ??= workflowJsonSchema(SCHEMA_ID))),
  };
}

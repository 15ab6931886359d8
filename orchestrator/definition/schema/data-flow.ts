import { z } from 'zod';
import { externalResource } from './endpoint.js';
import { duration, json, mapping, orName } from './primitives.js';
import { byKey, choice, shape } from './shape.js';

const format = z
  .string()
  .regex(/^json(:.+)?$/, 'json')
  .optional()
  .describe('json, or json:<version>.');
const inlineSchema = shape('inlineSchema', 'A JSON Schema that stands right here.', {
  format,
  document: mapping.describe('JSON Schema 2020-12.'),
});
const schemaInFile = shape('schemaInFile', 'A JSON Schema in a file of the use case.', {
  format,
  resource: externalResource.describe('endpoint: path of the file inside the folder of the use case.'),
});
const schema = choice(
  'schema',
  'What the data must be like: a JSON Schema as document, or as resource in a file.',
  () => [inlineSchema, schemaInFile],
  byKey(() => ({ document: inlineSchema, resource: schemaInFile }), 'a schema with document or resource'),
);

/** OWS DSL 1.0.3, Data Flow. */
export const input = shape('input', 'What the task, or the workflow, is given.', {
  schema: schema.optional(),
  from: json.optional().describe('jq over the raw input, or a template of expressions: what the task gets.'),
});
export const output = shape('output', 'What the task, or the workflow, gives back.', {
  schema: schema.optional(),
  as: json.optional().describe('jq over the raw output, or a template of expressions.'),
});
export const exported = shape('export', 'What becomes $context for all later tasks.', {
  schema: schema.optional(),
  as: json.optional().describe('jq over the output, or a template; such as ${ $context + {name: .name} }.'),
});

export const timeoutDefinition = shape('timeoutDefinition', 'When to give up.', { after: duration });
export const timeout = orName(
  'timeout',
  'When to give up with a timeout error: {after: PT15M}, or the name of one of use.timeouts.',
  timeoutDefinition,
);

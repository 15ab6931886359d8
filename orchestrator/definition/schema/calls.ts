import { z } from 'zod';
import { authentication } from './authentication.js';
import { endpoint, externalResource } from './endpoint.js';
import { expression, json, looksLikeExpression, mapping } from './primitives.js';
import { choice, shape } from './shape.js';

/* The arguments of calls. OWS DSL 1.0.3, Call. */

const texts = z.record(z.string(), z.string());
const textsOrExpression = choice(
  'textsOrExpression',
  'Texts by name, or an expression that gives them.',
  () => [texts, expression],
  (value) => (looksLikeExpression(value) ? expression : texts),
);

const callOutput = z
  .enum(['raw', 'content', 'response'])
  .optional()
  .describe('raw bytes as text, the content (the default), or the whole response.');
const redirect = z.boolean().optional().describe('Whether statuses 300 to 399 count as success.');

export const httpArguments = shape('httpArguments', 'What is sent by HTTP, and where.', {
  method: z.string().describe('Such as get or post.'),
  endpoint,
  headers: textsOrExpression.optional(),
  body: json.optional(),
  query: textsOrExpression.optional(),
  output: callOutput,
  redirect,
});

export const openapiArguments = shape('openapiArguments', 'Which operation of which OpenAPI document.', {
  document: externalResource.describe(
    "The document; a building block's is govstack://<service>/openapi.json, by the service's name in use-case.yaml.",
  ),
  operationId: z.string().describe('The operation, by its operationId.'),
  parameters: mapping.optional().describe('Parameters by name; the request body is the parameter body.'),
  authentication: authentication.optional(),
  output: callOutput,
  redirect,
});

export const functionArguments = mapping.describe('Arguments of the function, by name.');

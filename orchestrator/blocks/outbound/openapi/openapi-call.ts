import { z } from 'zod';
import type { CallEffect } from '../../../../contracts/catalog-function.js';
import { isJsonObject, type JsonObject } from '../../../../contracts/json.js';
import { parsed } from '../call-arguments.js';
import { addressOf, type PlannedCall } from '../http-call.js';
import { OutboundError } from '../outbound-error.js';
import type { ExternalOperation, ExternalOperations } from './external-operation.js';
import { nearMisses } from '../../../../contracts/near-misses.js';
import { writeRequest } from './write-request.js';

const endpoint = z.union([z.string(), z.object({ uri: z.string() })], { error: 'must be an address' });
const openApiArguments = z.object({
  document: z.object({ endpoint }, { error: 'must have an endpoint' }),
  operationId: z.string({ error: 'must be text' }),
  parameters: z.custom<JsonObject>(isJsonObject, { error: 'must be an object' }).nullish(),
  output: z.enum(['raw', 'content', 'response']).default('content'),
  redirect: z.boolean().default(false),
});

/**
 * What `call: openapi` asks for, by a document that is no building block's. Raises `validation` naming the argument or
 * parameter that is wrong, `configuration` for a document that cannot be used or has no such operation, and whatever
 * reading the document raises. OWS DSL 1.0.3, OpenAPI Call.
 */
export async function planOpenApiCall(
  effect: CallEffect,
  own: Readonly<Record<string, string>>,
  boundary: () => string,
  read: (url: URL) => Promise<ExternalOperations>,
): Promise<PlannedCall> {
  const { document, operationId, parameters, output, redirect } = parsed(openApiArguments, effect.args);
  const text = typeof document.endpoint === 'string' ? document.endpoint : document.endpoint.uri;
  if (!/^https?:/i.test(text) && !text.trimStart().startsWith('{'))
    throw new OutboundError(
      'configuration',
      `The OpenAPI document "${text.slice(0, 200)}" cannot be read: documents come by http or https, or are a building block's (govstack://<service>/openapi.json).`,
    );
  const written = effect.task.with?.['document'];
  const url = addressOf(text, effect, isJsonObject(written) ? written['endpoint'] : undefined);
  const operations = await read(url);
  const operation = operations.get(operationId) ?? unknown(operationId, operations);
  return { request: writeRequest(operation, parameters ?? {}, own, boundary), output, redirect };
}

function unknown(operationId: string, { address, ids }: ExternalOperations): ExternalOperation {
  const near = nearMisses(operationId, ids);
  const meant = near.length === 0 ? '' : ` Did you mean ${near.map((name) => `"${name}"`).join(', ')}?`;
  throw new OutboundError(
    'configuration',
    `There is no operation "${operationId}" among the ${ids.length} of ${address}.${meant}`,
  );
}

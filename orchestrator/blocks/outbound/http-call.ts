import { z } from 'zod';
import type { CallEffect } from '../../../contracts/catalog-function.js';
import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import type { OutputFormat } from './answer.js';
import { parsed } from './call-arguments.js';
import type { HopRequest } from './hop.js';
import { OutboundError } from './outbound-error.js';
import { toText } from '../parameter-style.js';
import { contentFor } from './request-content.js';
import { requestHeaders } from './request-headers.js';
import { expandUri } from './uri-template.js';

const map = z.custom<JsonObject>(isJsonObject, { error: 'must be an object' });
const httpArguments = z.object({
  method: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,30}$/, 'must be an HTTP method'),
  endpoint: z.union([z.string(), z.object({ uri: z.string() })], { error: 'must be an address' }),
  headers: map.nullish(),
  query: map.nullish(),
  body: z.custom<Json>().optional(),
  output: z.enum(['raw', 'content', 'response']).default('content'),
  redirect: z.boolean().default(false),
});

export interface PlannedCall {
  readonly request: HopRequest;
  readonly output: OutputFormat;
  readonly redirect: boolean;
}

/** These tunnel or echo what was sent: a workflow has no use for them. */
const REFUSED_METHODS = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** What `call: http` asks for. Raises `validation` naming the argument that is wrong. OWS DSL 1.0.3, HTTP Call. */
export function planHttpCall(
  effect: CallEffect,
  own: Readonly<Record<string, string>>,
  boundary: () => string,
): PlannedCall {
  const {
    method: asked,
    endpoint,
    headers,
    query,
    body,
    output,
    redirect,
  } = parsed(httpArguments, effect.args);
  const method = asked.toUpperCase();
  if (REFUSED_METHODS.has(method))
    throw new OutboundError('validation', `with.method: ${method} is not sent.`);
  const url = addressOf(
    typeof endpoint === 'string' ? endpoint : endpoint.uri,
    effect,
    effect.task.with?.['endpoint'],
  );
  addQuery(url, query ?? {});
  const sent = requestHeaders(headers ?? {}, own);
  if (body === undefined || body === null)
    return { request: { method, url, headers: sent }, output, redirect };
  const content = contentFor(body, sent['content-type'], boundary);
  return {
    request: { method, url, headers: { ...sent, 'content-type': content.contentType }, body: content.bytes },
    output,
    redirect,
  };
}

/**
 * The address of an endpoint. What an expression gave is taken as it is: only what stands in the document is a
 * template. Raises `configuration` for what is no absolute address.
 */
export function addressOf(text: string, effect: Pick<CallEffect, 'input'>, written: Json | undefined): URL {
  const source = isJsonObject(written) ? written['uri'] : written;
  const computed = typeof source === 'string' && source.trimStart().startsWith('${');
  const expanded = computed ? text : expandUri(text, effect.input);
  if (!URL.canParse(expanded))
    throw new OutboundError(
      'configuration',
      `"${expanded.slice(0, 200)}" is not an absolute address, such as https://api.example.org/things.`,
    );
  const url = new URL(expanded);
  url.hash = '';
  return url;
}

/** A list becomes a repeated parameter, null is left out, an object is written as JSON. */
function addQuery(url: URL, query: JsonObject): void {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
      if (one !== undefined && one !== null)
        parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(toText(one))}`);
    }
  }
  if (parts.length > 0) url.search = [url.search.replace(/^\?/, ''), ...parts].filter(Boolean).join('&');
}

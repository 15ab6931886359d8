import type { HopRequest, HopResponse } from './hop.js';
import { OutboundError, shown } from './outbound-error.js';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** What another origin may be told; everything else may be a credential, such as X-API-Key. */
const HARMLESS = new Set(['accept', 'accept-encoding', 'accept-language', 'content-type', 'idempotency-key']);

/**
 * The request that a redirect asks for (RFC 9110, 15.4); undefined when the answer is none. Raises `communication`
 * for an address that is none, and for one that would send in the clear what was sent encrypted.
 */
export function nextRequest(request: HopRequest, response: HopResponse): HopRequest | undefined {
  const { location } = response.headers;
  if (!REDIRECTS.has(response.status) || location === undefined) return undefined;
  if (!URL.canParse(location, request.url.href)) throw refused(request, response, 'to what is no address');
  const url = new URL(location, request.url);
  url.hash = '';
  if (request.url.protocol === 'https:' && url.protocol === 'http:')
    throw refused(request, response, `from https to ${shown(url)}`);
  const headers =
    url.origin === request.url.origin
      ? request.headers
      : Object.fromEntries(Object.entries(request.headers).filter(([name]) => HARMLESS.has(name)));
  if (!becomesGet(request.method, response.status)) return { ...request, url, headers };
  const { 'content-type': _type, ...bodyless } = headers;
  return { method: request.method === 'HEAD' ? 'HEAD' : 'GET', url, headers: bodyless };
}

function becomesGet(method: string, status: number): boolean {
  return status === 303 || ((status === 301 || status === 302) && method === 'POST');
}

function refused(request: HopRequest, response: HopResponse, where: string): OutboundError {
  return new OutboundError('communication', `${shown(request.url)} redirects ${where}.`, {
    status: response.status,
    title: 'The redirect cannot be followed',
  });
}

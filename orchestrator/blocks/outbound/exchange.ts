import type { Authorization, Authenticator } from './authentication/authenticator.js';
import type { Hop, HopRequest, HopResponse } from './hop.js';
import { OutboundError, shown } from './outbound-error.js';
import { nextRequest } from './redirect.js';

/** A call from the first request to the answer that counts. */
export interface Exchange {
  /** Where the answer came from: after redirects, not what was asked for. */
  readonly url: URL;
  readonly response: HopResponse;
  /** What the call proved itself with, if it did. */
  readonly authorization: Authorization | undefined;
}

export interface ExchangeOptions {
  readonly authenticator: Authenticator | undefined;
  readonly redirect: boolean;
  readonly signal: AbortSignal;
}

const MOST_REDIRECTS = 10;

/**
 * Sends a request, proves who asks, and follows redirects when the call wants that. Raises what a hop raises, and
 * `authentication` when the other side refuses what proves who asks.
 */
export async function exchange(hop: Hop, first: HopRequest, options: ExchangeOptions): Promise<Exchange> {
  const { authenticator, redirect, signal } = options;
  let request = first;
  let trusted = authenticator;
  let used: Authorization | undefined;
  for (let redirects = 0; ; redirects += 1) {
    const answered = await authenticated(hop, request, trusted, signal);
    used = answered.authorization ?? used;
    const { response } = answered;
    const next = redirect ? nextRequest(request, response) : undefined;
    if (next === undefined) return { url: request.url, response, authorization: used };
    if (redirects >= MOST_REDIRECTS)
      throw new OutboundError(
        'communication',
        `${shown(first.url)} redirected more than ${MOST_REDIRECTS} times, last to ${shown(next.url)}.`,
        { status: response.status, title: 'Too many redirects' },
      );
    // What proves who asks is for the host that was asked, and for nobody it names.
    if (next.url.origin !== request.url.origin) trusted = undefined;
    request = next;
  }
}

async function authenticated(
  hop: Hop,
  request: HopRequest,
  authenticator: Authenticator | undefined,
  signal: AbortSignal,
): Promise<{ readonly response: HopResponse; readonly authorization: Authorization | undefined }> {
  if (authenticator === undefined) return { response: await hop(request, signal), authorization: undefined };
  const authorization = await authenticator.authorize(request);
  const response = await hop(withAuthorization(request, authorization), signal);
  if (response.status !== 401) return { response, authorization };
  const again = await authenticator.reauthorize(request, { authorization, response });
  const second = again === undefined ? response : await hop(withAuthorization(request, again), signal);
  if (second.status === 401)
    throw new OutboundError('authentication', `${shown(request.url)} refused the ${authenticator.name}.`);
  return { response: second, authorization: again };
}

function withAuthorization(request: HopRequest, authorization: Authorization | undefined): HopRequest {
  if (authorization === undefined) return request;
  const { scheme, parameter } = authorization;
  return { ...request, headers: { ...request.headers, authorization: `${scheme} ${parameter}` } };
}

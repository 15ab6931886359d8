import type { Dispatcher } from 'undici';
import type { Egress } from '../orchestrator/blocks/outbound/egress/egress.js';
import { createHop } from '../orchestrator/blocks/outbound/hop.js';
import type { SendCallback } from './deliver-callback.js';

const TIMEOUT_MS = 10_000;
/** Nobody reads what a receiver answers; more than this ends the connection, and the attempt with it. */
const LARGEST_ANSWER = 1024 * 1024;

/**
 * Callbacks, webhooks and pushed events to other systems. Their addresses come from whoever called a block, so they
 * obey the same rules as every other call that leaves the sandbox. Redirects are not followed: a callback address is
 * where the callback goes.
 */
export function createSendCallback(deps: {
  readonly dispatcher: Dispatcher;
  readonly egress: Pick<Egress, 'check'>;
}): SendCallback {
  const hop = createHop({ ...deps, largestAnswer: LARGEST_ANSWER });
  return async (url, method, headers, body) => {
    const { status } = await hop(
      { method, url: new URL(url), headers, body: Buffer.from(body, 'utf8') },
      AbortSignal.timeout(TIMEOUT_MS),
    );
    return status;
  };
}

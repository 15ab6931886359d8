import { setTimeout as pause } from 'node:timers/promises';

const RETRY_EVERY_MS = 50;
const RETRY_UNAVAILABLE_MS = 250;
const UNAVAILABLE = 503;

/**
 * Sends a request again for as long as nobody answers it, or the answer is to come again later: what a client does whose server is killed and started again.
 * The answer is read to its end, since the server may also die in the middle of one; an event stream is handed on as it is.
 */
export function createPatientFetch(patienceMs: number): typeof fetch {
  return async (input, init) => {
    const until = performance.now() + patienceMs;
    for (;;) {
      try {
        const answer = await fetch(input, init);
        if (answer.headers.get('content-type')?.startsWith('text/event-stream') === true) return answer;
        const body = await answer.arrayBuffer();
        // A store is away: the answer itself says that it is worth asking again.
        if (answer.status === UNAVAILABLE && answer.headers.has('retry-after') && performance.now() < until) {
          await pause(RETRY_UNAVAILABLE_MS);
          continue;
        }
        return new Response(body.byteLength === 0 ? null : body, {
          status: answer.status,
          headers: answer.headers,
        });
      } catch (error) {
        if (init?.signal?.aborted === true || performance.now() > until) throw error;
        await pause(RETRY_EVERY_MS);
      }
    }
  };
}

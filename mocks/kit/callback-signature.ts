import { createHmac, timingSafeEqual } from 'node:crypto';

const SECOND = 1000;
/** A signature older than this is refused: whoever overheard a callback cannot send it again next week. */
const OLDEST_SECONDS = 300;

/**
 * The value of `X-Sandbox-Signature`: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`, with one `v1` for each
 * key while keys are rotated. A receiver accepts it when one of them fits one of its keys.
 */
export function signCallback(secrets: readonly string[], at: Date, body: string): string {
  const t = Math.floor(at.getTime() / SECOND);
  return [`t=${t}`, ...secrets.map((secret) => `v1=${hmac(secret, t, body)}`)].join(',');
}

/** Why a signature proves nothing; undefined when it does. `body` is the text as it was received. */
export function signatureFlaw(
  secrets: readonly string[],
  { signature, body, now }: { readonly signature: string; readonly body: string; readonly now: Date },
): string | undefined {
  const parts = signature.split(',').map((part) => part.trim().split('=', 2));
  const t = Number(parts.find(([name]) => name === 't')?.[1]);
  const given = parts.flatMap(([name, value]) => (name === 'v1' && value !== undefined ? [value] : []));
  if (!Number.isInteger(t) || given.length === 0) return 'it must be t=<unix seconds>,v1=<hex>';
  if (Math.abs(now.getTime() / SECOND - t) > OLDEST_SECONDS)
    return `it was made more than ${OLDEST_SECONDS} seconds ago, or in the future`;
  const right = secrets.map((secret) => hmac(secret, t, body));
  return given.some((one) => right.some((other) => isSame(one, other)))
    ? undefined
    : 'it fits none of the keys';
}

function hmac(secret: string, t: number, body: string): string {
  return createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const SECOND = 1000;
/** A signature older than this is refused: whoever overheard a callback cannot send it again next week. */
const OLDEST_SECONDS = 300;

/**
 * The value of `X-Sandbox-Signature`: `t=<unix seconds>,k=<mark of the key>,v1=<hex HMAC-SHA256 of "<t>.<body>">`, with
 * a `k` and a `v1` for each key while keys are rotated. A receiver accepts it when one `v1` fits one of its keys; by the
 * marks it sees that somebody else signed, whose keys it does not hold.
 */
export function signCallback(secrets: readonly string[], at: Date, body: string): string {
  const t = Math.floor(at.getTime() / SECOND);
  return [
    `t=${t}`,
    ...secrets.flatMap((secret) => [`k=${markOf(secret)}`, `v1=${hmac(secret, t, body)}`]),
  ].join(',');
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

/** True when another installation signed: it names keys, and none of them is ours. */
export function isSignedElsewhere(secrets: readonly string[], signature: string): boolean {
  const marks = signature.split(',').flatMap((part) => /^\s*k=([0-9a-f]+)\s*$/.exec(part)?.[1] ?? []);
  const ours = new Set(secrets.map(markOf));
  return marks.length > 0 && marks.every((mark) => !ours.has(mark));
}

/** Tells keys apart without telling them. */
function markOf(secret: string): string {
  return createHash('sha256').update(`callback key ${secret}`).digest('hex').slice(0, 12);
}

function hmac(secret: string, t: number, body: string): string {
  return createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

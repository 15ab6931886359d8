/** Twelve random bytes as text. `crypto.randomUUID` is missing where the sandbox is reached over plain http; this is not. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

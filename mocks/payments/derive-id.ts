import { createHash } from 'node:crypto';

/** An identifier that follows from what it is made of: the same request gets the same one. */
export function deriveId(prefix: string, length: number, ...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex').toUpperCase();
  return prefix + hash.slice(0, length - prefix.length);
}

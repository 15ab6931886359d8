import { createHash } from 'node:crypto';

/** From 0 up to 1: the same for the same parts, and as good as thrown otherwise. */
function fractionOf(...parts: readonly (string | number)[]): number {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** A row of fractions that begins anew for the same parts. */
export function fractionsOf(...parts: readonly (string | number)[]): () => number {
  let count = 0;
  return () => fractionOf(...parts, (count += 1));
}

/** From 0 up to 1 exclusive, as lot for one of several: undefined only when there are none. */
export function chosen<T>(from: readonly T[], lot: number): T | undefined {
  return from[Math.min(from.length - 1, Math.floor(lot * from.length))];
}

/** The 95th percentile of the standard normal distribution. */
const Z95 = 1.6448536269514722;

/** A lognormal delay with this median and 95th percentile, from two lots (Box and Muller's transform). */
export function lognormal(median: number, p95: number, lots: readonly [number, number]): number {
  const sigma = Math.log(p95 / median) / Z95;
  const normal = Math.sqrt(-2 * Math.log(1 - lots[0])) * Math.cos(2 * Math.PI * lots[1]);
  return median * Math.exp(sigma * normal);
}

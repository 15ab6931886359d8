/**
 * Tests that take their time run with `npm run test:long`: whole files named `*.long.test.ts`, and in some others what
 * `npm test` takes a part of only.
 */
export const isLong = process.env['SANDBOX_TEST_LONG'] === 'true';

/** All of them in a long run, otherwise those that `npm test` takes. */
export function all<T>(of: readonly T[], inShort: (one: T) => boolean): T[] {
  return isLong ? [...of] : of.filter(inShort);
}

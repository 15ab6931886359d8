import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../../contracts/json.js';
import { listAt, textAt } from '../../json-at.js';
import type { CheckContext } from '../../suite.js';

export const idsOf = (list: readonly Json[]): readonly string[] => list.map((one) => textAt(one, 'id'));

/** All pages of a list, a few entries each; ends the check when it never ends. */
export async function everyPage(
  c: CheckContext,
  operationId: string,
  member: string,
): Promise<readonly Json[]> {
  const all: Json[] = [];
  for (let offset = 0; offset < 1_000; offset += 50) {
    const page = listAt(
      await c.call(operationId, { query: { offset: String(offset), limit: '50' } }),
      member,
    );
    all.push(...page);
    if (page.length < 50) return all;
  }
  return all;
}

/** bb-consent: a revision's hash is SHA-1 of its snapshot. */
export function checkHash(c: CheckContext, revision: Json | undefined): void {
  const { serializedSnapshot, serializedHash } = (revision ?? {}) as JsonObject;
  if (typeof serializedSnapshot !== 'string') return;
  const hash = createHash('sha1').update(serializedSnapshot).digest('hex');
  c.expect(
    serializedHash === hash,
    'a revision carries the hash of its snapshot',
    `${JSON.stringify(serializedHash)} is not ${hash}`,
  );
}

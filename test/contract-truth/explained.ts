import type { Contradiction } from '../../app/docs/contradictions/contradictions.js';
import type { Violation } from './official-check.js';

/** Whether a contradiction that is listed explains this violation. */
export function isListed(listed: readonly Contradiction[], violation: Violation): boolean {
  return listed.some((one) => explains(one, violation));
}

/** What a list says that nobody has seen: a document, an operation or a status of one of its entries. */
export function unseen(listed: readonly Contradiction[], seen: readonly Violation[]): readonly string[] {
  return listed.flatMap((one) => {
    const hits = seen.filter((violation) => explains(one, violation));
    const missing = [
      ...one.documents.filter((document) => !hits.some((hit) => hit.document === document)),
      ...(one.operations ?? []).filter((operation) => !hits.some((hit) => hit.operation === operation)),
      ...one.statuses.filter((status) => !hits.some((hit) => hit.status === status)),
    ];
    return missing.map((what) => `${one.what} (${one.documents.join(', ')}): not at ${what}`);
  });
}

function explains({ documents, operations, statuses, what }: Contradiction, violation: Violation): boolean {
  return (
    documents.includes(violation.document) &&
    (operations === undefined || operations.includes(violation.operation)) &&
    statuses.includes(violation.status) &&
    patternOf(what).test(violation.what)
  );
}

/** `{name}` stands for any one member name. */
function patternOf(what: string): RegExp {
  const escaped = what.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[^}]+\}/g, '[^/]*');
  return new RegExp(`^${escaped}$`, 'u');
}

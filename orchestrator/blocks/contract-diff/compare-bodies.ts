import type { Difference } from '../../../contracts/contract-diff.js';
import { DEEPEST, shapeOf, strangeTypes, type Described } from './compare-schemas.js';

/**
 * What we send against what the candidate takes: what it requires and we do not know, what we must send and it
 * refuses, other types.
 */
export function compareRequests(
  ours: Described,
  theirs: Described,
  at = '',
  depth = 0,
): readonly Difference[] {
  const [sent, taken] = [shapeOf(ours), shapeOf(theirs)];
  if (sent.open || taken.open || depth > DEEPEST) return [];
  const found: Difference[] = [];
  const note = (where: string, what: string, breaking: boolean): void =>
    void found.push({ in: 'request', at: where, what, breaking });
  const strange = strangeTypes(sent.types, taken.types);
  if (strange.length > 0) {
    note(at, `we send ${strange.join(' or ')}, it takes ${[...taken.types].join(' or ')}`, true);
    return found;
  }
  for (const name of taken.required) {
    if (sent.required.has(name)) continue;
    const known = sent.properties.has(name);
    // A schema without members takes anything: what stands in the body is the use case's choice.
    if (known || sent.properties.size > 0)
      note(
        `${at}/${name}`,
        known ? 'is required there and optional here' : 'is required there and unknown here',
        !known,
      );
  }
  for (const [name, member] of sent.properties) {
    const other = taken.properties.get(name);
    if (other !== undefined) found.push(...compareRequests(member, other, `${at}/${name}`, depth + 1));
    else if (taken.closed) note(`${at}/${name}`, 'is refused there', sent.required.has(name));
  }
  if (sent.items !== undefined && taken.items !== undefined)
    found.push(...compareRequests(sent.items, taken.items, `${at}/*`, depth + 1));
  return found;
}

/**
 * What the candidate answers against what workflows may read. A member breaks something when a use case that calls
 * the operation reads a member of that name.
 */
export function compareResponses(
  ours: Described,
  theirs: Described,
  isRead: (name: string) => boolean,
  at = '',
  depth = 0,
): readonly Difference[] {
  const [known, given] = [shapeOf(ours), shapeOf(theirs)];
  if (known.open || given.open || depth > DEEPEST) return [];
  const found: Difference[] = [];
  const note = (where: string, what: string, breaking: boolean): void =>
    void found.push({ in: 'response', at: where, what, breaking });
  const strange = strangeTypes(given.types, known.types);
  if (strange.length > 0) {
    const name = at.split('/').at(-1) ?? '';
    const what = `is ${strange.join(' or ')} there and ${[...known.types].join(' or ')} here`;
    note(at, what, at === '' || name === '*' || isRead(name));
    return found;
  }
  for (const [name, member] of known.properties) {
    const other = given.properties.get(name);
    // An object without members may hold anything.
    if (given.properties.size === 0) break;
    if (other === undefined) note(`${at}/${name}`, 'is missing there', isRead(name));
    else {
      if (known.required.has(name) && !given.required.has(name))
        note(`${at}/${name}`, 'is always there here and optional there', false);
      found.push(...compareResponses(member, other, isRead, `${at}/${name}`, depth + 1));
    }
  }
  if (known.items !== undefined && given.items !== undefined)
    found.push(...compareResponses(known.items, given.items, isRead, `${at}/*`, depth + 1));
  return found;
}

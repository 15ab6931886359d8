import { didYouMean } from '../../contracts/near-misses.js';
import type { Document } from '../../contracts/documents.js';
import type { ScopedCollection } from './state.js';

/** Among more than these, nobody looks: who misspells a name among thousands gets the plain answer. */
const MOST_COMPARED = 200;

/**
 * `; did you mean ...?` among the ids of a collection, or nothing. Only for what anybody may know: never for people,
 * their accounts, or what stands for money.
 */
export async function nearIds<T extends Document>(
  collection: Pick<ScopedCollection<T>, 'find'>,
  wanted: string,
): Promise<string> {
  const found = await collection.find({ limit: MOST_COMPARED });
  return didYouMean(
    wanted,
    found.map(({ doc }) => doc._id),
  );
}

import type { Document } from '../../contracts/documents.js';
import type { Effect, PutEffect } from './block-definition.js';

/** The effect of writing a document into one of the block's collections (the short name given in `state`). */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- lets document literals have members beyond _id
export function put<T extends Document>(collection: string, doc: T): PutEffect {
  return { kind: 'put', collection, doc };
}

export function remove(collection: string, id: string): Effect {
  return { kind: 'delete', collection, id };
}

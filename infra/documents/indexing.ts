import { createHash } from 'node:crypto';
import type { Filter, FindOptions, Scalar } from '../../contracts/documents.js';
import { SandboxError } from '../../contracts/problems.js';
import { isStorableId } from '../../contracts/storable.js';

export { isStorableText } from '../../contracts/storable.js';

/**
 * What every document adapter shares, so that a filter means the same on all of them: a declared path is turned
 * into a short text key when a document is written, and a filter compares such keys for equality.
 * JSON text is the key, because it tells "1" from 1 and can carry U+0000, which PostgreSQL text cannot.
 */
const LONGEST_PLAIN_KEY = 200;
const NULL_KEY = 'null';
/** Key of a list or an object: no scalar has it, so no filter finds it. */
const NOT_A_SCALAR_KEY = '{}';

function isScalarList(value: Scalar | readonly Scalar[]): value is readonly Scalar[] {
  return Array.isArray(value);
}

/** Text by which a scalar is found again; long values are hashed to stay inside index size limits. */
export function scalarKey(value: Scalar): string {
  const text = JSON.stringify(value);
  if (text.length <= LONGEST_PLAIN_KEY) return text;
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function valueAt(body: unknown, path: string): unknown {
  let at = body;
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || at === null || Array.isArray(at)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return at;
}

export function keyAt(body: unknown, path: string): string {
  const value = valueAt(body, path);
  switch (typeof value) {
    case 'undefined':
      return NULL_KEY;
    case 'string':
    case 'boolean':
      return scalarKey(value);
    case 'number':
      return Number.isFinite(value) ? scalarKey(value) : NULL_KEY;
    default:
      return value === null ? NULL_KEY : NOT_A_SCALAR_KEY;
  }
}

/** The keys that satisfy one condition of a filter. */
export interface Condition {
  readonly path: string;
  readonly keys: readonly string[];
}

/**
 * Translates a filter. Raises an Error for a path that the collection did not declare: such a filter would scan
 * everything on some adapters, so none allows it.
 */
export function conditionsOf(
  filter: Filter | undefined,
  collection: string,
  declared: ReadonlySet<string>,
): readonly Condition[] {
  return Object.entries(filter ?? {}).map(([path, wanted]) => {
    if (!declared.has(path)) {
      const known = [...declared].join(', ') || 'none';
      throw new Error(
        `collection ${collection} cannot be filtered by ${path}: it is not a declared index (declared: ${known})`,
      );
    }
    return { path, keys: (isScalarList(wanted) ? wanted : [wanted]).map(scalarKey) };
  });
}

/** Bounds of the keys that an ordered search may meet; `from` is met, `to` is not. */
export interface OrderBounds {
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly descending: boolean;
  readonly behind?: { readonly key: string; readonly id: string };
}

/** All texts begin with a quotation mark as keys. */
const FIRST_TEXT = '"';
const BEHIND_TEXTS = '#';

/** Translates `orderBy`; undefined without one. Raises an Error for a path that the collection did not declare. */
export function orderOf(
  { orderBy, between = {}, behind, order }: FindOptions,
  collection: string,
  declared: ReadonlySet<string>,
): OrderBounds | undefined {
  if (orderBy === undefined) return undefined;
  // The check, and its message, are those of a filter.
  conditionsOf({ [orderBy]: null }, collection, declared);
  return {
    path: orderBy,
    from: between.from === undefined ? FIRST_TEXT : scalarKey(between.from),
    to: between.to === undefined ? BEHIND_TEXTS : scalarKey(between.to),
    descending: order === 'descending',
    ...(behind === undefined ? {} : { behind: { key: scalarKey(behind.text), id: behind.id } }),
  };
}

/** Raises GSB-REQ-001 when an `_id` cannot be stored and found again by every adapter. */
export function assertStorableId(id: string, collection: string): void {
  if (isStorableId(id)) return;
  throw new SandboxError('GSB-REQ-001', {
    detail: `_id of ${collection} must have 1 to 500 characters, without U+0000 or half surrogate pairs`,
  });
}

const COLLECTION_NAME = /^[a-z][a-z0-9_-]{0,39}$/;

/** Raises an Error for a collection name that some adapter could not use as the name of a table. */
export function assertCollectionName(name: string): void {
  if (!COLLECTION_NAME.test(name)) {
    throw new Error(`collection name ${name} must match ${COLLECTION_NAME.source}`);
  }
}

/**
 * The smallest text, byte-wise, that is greater than every text starting with `prefix`;
 * undefined when there is none (an empty prefix).
 */
export function prefixEnd(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last >= 0x10ffff) continue;
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return undefined;
}

/** Byte-wise order of UTF-8, which differs from JavaScript's own order beyond the basic plane. */
export function compareIds(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

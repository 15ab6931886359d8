import type { Document, Filter, FindOptions, Stored } from '../../contracts/documents.js';
import type { OperationContext } from '../kit/block-definition.js';

type Query = OperationContext<unknown>['query'];

interface Findable<T extends Document> {
  find(options?: FindOptions): Promise<readonly Stored<T>[]>;
}

export interface Listing {
  readonly firstResult: number;
  readonly maxResult: number;
  readonly sortBy?: string;
  readonly order: 'ascending' | 'descending';
}

export function queryText(query: Query, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' ? value : value?.[0];
}

export function listingOf(query: Query): Listing {
  const sortBy = queryText(query, 'sortBy');
  return {
    firstResult: Number(queryText(query, 'firstResult') ?? 0),
    maxResult: Number(queryText(query, 'maxResult') ?? 100),
    ...(sortBy === undefined ? {} : { sortBy }),
    order: queryText(query, 'sortOrder') === 'desc' ? 'descending' : 'ascending',
  };
}

/** The filter of those query parameters that are there; the parameter's name is the field's. */
export function filterOf(query: Query, names: readonly string[]): Filter {
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = queryText(query, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * One stretch of what the filter finds. Identifiers sort by registration, so that order costs no more than the
 * stretch; a sort by something else (`sorters`) reads all matches.
 */
export async function listDocuments<T extends Document>(
  collection: Findable<T>,
  filter: Filter,
  { firstResult, maxResult, sortBy, order }: Listing,
  sorters: Readonly<Record<string, (doc: T) => string>>,
): Promise<readonly T[]> {
  const sorter = sortBy === undefined ? undefined : sorters[sortBy];
  const limit = firstResult + maxResult;
  const found = await collection.find({ filter, order, ...(sorter ? {} : { limit }) });
  const docs = found.map(({ doc }) => doc);
  if (sorter) {
    const sign = order === 'ascending' ? 1 : -1;
    docs.sort((a, b) => sign * sorter(a).localeCompare(sorter(b), 'en'));
  }
  return docs.slice(firstResult, limit);
}

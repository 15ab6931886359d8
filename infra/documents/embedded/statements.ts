import type { Document, FindOptions } from '../../../contracts/documents.js';
import type { Statements } from '../../embedded/database.js';
import { conditionsOf, isStorableText, keyAt, orderOf, prefixEnd } from '../indexing.js';
import { columnOf, type Table } from './table.js';

/** The SQL of one collection. Every writing statement takes a batch whose ids are all different. */
export interface StoredRow {
  readonly id: string;
  readonly version: number;
  readonly body: string;
}

export interface Write {
  readonly doc: Document;
  /** How many versions this write adds: several puts of one document become one write. */
  readonly steps: number;
}

interface Columns {
  readonly names: string;
  readonly casts: string;
  readonly assignments: string;
  readonly values: readonly (readonly string[])[];
}

/** One document at a time is the common case, and a plan without `unnest` and join takes a third of the time. */
function rowOf({ paths }: Table, doc: Document): readonly unknown[] {
  return [doc._id, JSON.stringify(doc), ...paths.map((path) => keyAt(doc, path))];
}

function namesOf({ paths }: Table): readonly string[] {
  return ['body', ...paths.map(columnOf)];
}

function placeholders(first: number, many: number): string {
  return Array.from({ length: many }, (_, at) => `$${first + at}`).join(', ');
}

function columnsOf({ paths }: Table, docs: readonly Document[], firstParameter: number): Columns {
  const names = ['body', ...paths.map(columnOf)];
  return {
    names: names.join(', '),
    casts: names.map((_, at) => `$${firstParameter + at}::text[]`).join(', '),
    assignments: names.map((name) => `${name} = s.${name}`).join(', '),
    values: [
      docs.map((doc) => JSON.stringify(doc)),
      ...paths.map((path) => docs.map((doc) => keyAt(doc, path))),
    ],
  };
}

/** Adds what is not there yet; answers the ids that were added. */
export async function insertRows(
  { query }: Statements,
  table: Table,
  docs: readonly Document[],
): Promise<ReadonlySet<string>> {
  const [only] = docs;
  if (docs.length === 1 && only !== undefined) {
    const names = namesOf(table);
    const { rows } = await query<{ id: string }>(
      `INSERT INTO ${table.sqlName} (version, id, ${names.join(', ')})
       VALUES (1, ${placeholders(1, names.length + 1)}) ON CONFLICT (id) DO NOTHING RETURNING id`,
      rowOf(table, only),
    );
    return new Set(rows.map(({ id }) => id));
  }
  const columns = columnsOf(table, docs, 2);
  const { rows } = await query<{ id: string }>(
    `INSERT INTO ${table.sqlName} (id, version, ${columns.names})
     SELECT id, 1, ${columns.names} FROM unnest($1::text[], ${columns.casts}) AS s(id, ${columns.names})
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [docs.map(({ _id }) => _id), ...columns.values],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Writes all; answers the new version per id. */
export async function putRows(
  { query }: Statements,
  table: Table,
  writes: readonly Write[],
): Promise<ReadonlyMap<string, number>> {
  const [only] = writes;
  if (writes.length === 1 && only !== undefined) {
    const names = namesOf(table);
    const { rows } = await query<{ id: string; version: number }>(
      `INSERT INTO ${table.sqlName} AS t (version, id, ${names.join(', ')})
       VALUES ($1, ${placeholders(2, names.length + 1)})
       ON CONFLICT (id) DO UPDATE SET version = t.version + EXCLUDED.version,
         ${names.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}
       RETURNING t.id, t.version`,
      [only.steps, ...rowOf(table, only.doc)],
    );
    return new Map(rows.map(({ id, version }) => [id, version]));
  }
  const docs = writes.map(({ doc }) => doc);
  const columns = columnsOf(table, docs, 3);
  const { rows } = await query<{ id: string; version: number }>(
    `INSERT INTO ${table.sqlName} AS t (id, version, ${columns.names})
     SELECT id, steps, ${columns.names}
     FROM unnest($1::text[], $2::int[], ${columns.casts}) AS s(id, steps, ${columns.names})
     ON CONFLICT (id) DO UPDATE SET version = t.version + EXCLUDED.version,
       ${columns.assignments.replaceAll('s.', 'EXCLUDED.')}
     RETURNING t.id, t.version`,
    [docs.map(({ _id }) => _id), writes.map(({ steps }) => steps), ...columns.values],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

export interface Replacement {
  readonly doc: Document;
  readonly expectedVersion: number;
}

/** Replaces where the version still fits; answers the ids that were replaced. */
export async function replaceRows(
  { query }: Statements,
  table: Table,
  replacements: readonly Replacement[],
): Promise<ReadonlySet<string>> {
  const [only] = replacements;
  if (replacements.length === 1 && only !== undefined) {
    const assignments = namesOf(table).map((name, at) => `${name} = $${at + 3}`);
    const { rows } = await query<{ id: string }>(
      `UPDATE ${table.sqlName} SET version = version + 1, ${assignments.join(', ')}
       WHERE version = $1 AND id = $2 RETURNING id`,
      [only.expectedVersion, ...rowOf(table, only.doc)],
    );
    return new Set(rows.map(({ id }) => id));
  }
  const docs = replacements.map(({ doc }) => doc);
  const columns = columnsOf(table, docs, 3);
  const { rows } = await query<{ id: string }>(
    `UPDATE ${table.sqlName} AS t SET version = t.version + 1, ${columns.assignments}
     FROM unnest($1::text[], $2::int[], ${columns.casts}) AS s(id, expected, ${columns.names})
     WHERE t.id = s.id AND t.version = s.expected RETURNING t.id`,
    [
      docs.map(({ _id }) => _id),
      replacements.map(({ expectedVersion }) => expectedVersion),
      ...columns.values,
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Deletes what is there; answers the ids that were. */
export async function deleteRows(
  { query }: Statements,
  table: Table,
  ids: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await query<{ id: string }>(
    `DELETE FROM ${table.sqlName} WHERE id = ANY($1::text[]) RETURNING id`,
    [ids.filter(isStorableText)],
  );
  return rows.map(({ id }) => id);
}

export async function getRows(
  { query }: Statements,
  table: Table,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredRow>> {
  const storable = ids.filter(isStorableText);
  const { rows } = await query<StoredRow>(
    `SELECT id, version, body FROM ${table.sqlName} WHERE id = ${storable.length === 1 ? '$1' : 'ANY($1::text[])'}`,
    [storable.length === 1 ? storable[0] : storable],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

interface Where {
  readonly sql: string;
  readonly params: readonly unknown[];
}

export function whereOf(table: Table, options: FindOptions): Where {
  const { filter, idPrefix = '', after } = options;
  const params: unknown[] = [];
  const parameter = (value: unknown): string => `$${params.push(value)}`;
  const terms = conditionsOf(filter, table.collection, new Set(table.paths)).map(
    ({ path, keys }) => `${columnOf(path)} = ANY(${parameter(keys)}::text[])`,
  );
  const order = orderOf(options, table.collection, new Set(table.paths));
  if (order !== undefined) {
    const column = columnOf(order.path);
    terms.push(`${column} >= ${parameter(order.from)}`, `${column} < ${parameter(order.to)}`);
    if (order.behind !== undefined) {
      const { key, id } = order.behind;
      terms.push(
        `(${column}, id) ${order.descending ? '<' : '>'} (${parameter(key)}, ${parameter(isStorableText(id) ? id : '')})`,
      );
    }
  }
  if (!isStorableText(idPrefix) || (after !== undefined && !isStorableText(after))) terms.push('false');
  else {
    const end = prefixEnd(idPrefix);
    if (idPrefix !== '') terms.push(`id >= ${parameter(idPrefix)}`);
    if (end !== undefined) terms.push(`id < ${parameter(end)}`);
    if (after !== undefined) terms.push(`id > ${parameter(after)}`);
  }
  return { sql: terms.length === 0 ? 'true' : terms.join(' AND '), params };
}

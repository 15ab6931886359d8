import { type Connection, type Model, Schema } from 'mongoose';
import type { Document, FindOptions, Stored } from '../../../contracts/documents.js';
import { conditionsOf, isStorableText, keyAt, orderOf, prefixEnd, type OrderBounds } from '../indexing.js';

/**
 * How a document lies in MongoDB: the body as JSON text, because key names such as `$ref` or `a.b` and the order of
 * keys must survive, and one text key per declared path beside it, so that a filter means the same on every adapter.
 */
export interface Row {
  readonly _id: string;
  /** The version. */
  readonly v: number;
  readonly body: string;
  readonly ix: Readonly<Record<string, string>>;
}

const rowSchema = new Schema<Row>(
  { _id: String, v: Number, body: String, ix: { type: Schema.Types.Mixed } },
  { versionKey: false, minimize: false, strict: true, autoIndex: false, autoCreate: false },
);

const PREFIX = 'doc_';

export function modelOf(connection: Connection, collection: string): Model<Row> {
  const name = `${PREFIX}${collection}`;
  return (connection.models[name] as Model<Row> | undefined) ?? connection.model<Row>(name, rowSchema, name);
}

/** The collections of documents, by the names that `modelOf` takes. */
export async function collectionNames(connection: Connection): Promise<readonly string[]> {
  const found = await connection.listCollections();
  return found.flatMap(({ name }) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])).sort();
}

/** Dots and dollars separate paths in MongoDB, so they are written differently inside a name. */
export function fieldOf(path: string): string {
  return path.replace(/[%.$]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

export function contentOf(doc: Document, paths: Iterable<string>): Pick<Row, 'body' | 'ix'> {
  return {
    body: JSON.stringify(doc),
    ix: Object.fromEntries([...paths].map((path) => [fieldOf(path), keyAt(doc, path)])),
  };
}

export function toStored<T extends Document>({ body, v }: Pick<Row, 'body' | 'v'>): Stored<T> {
  return { doc: JSON.parse(body) as T, version: v };
}

type MongoTerm = Readonly<Record<string, unknown>>;
export type MongoQuery = Readonly<Record<string, MongoTerm | readonly MongoTerm[]>>;

/** The query for what `options` select; undefined when nothing can match. */
export function queryOf(
  collection: string,
  declared: ReadonlySet<string>,
  options: FindOptions,
): MongoQuery | undefined {
  const { filter, idPrefix = '', after } = options;
  const conditions = conditionsOf(filter, collection, declared);
  if (!isStorableText(idPrefix) || (after !== undefined && !isStorableText(after))) return undefined;
  const end = prefixEnd(idPrefix);
  const bounds = {
    ...(idPrefix === '' ? {} : { $gte: idPrefix }),
    ...(end === undefined ? {} : { $lt: end }),
    ...(after === undefined ? {} : { $gt: after }),
  };
  const ordered = orderTerms(orderOf(options, collection, declared));
  return {
    ...Object.fromEntries(conditions.map(({ path, keys }) => [`ix.${fieldOf(path)}`, { $in: keys }])),
    ...(Object.keys(bounds).length === 0 ? {} : { _id: bounds }),
    ...(ordered.length === 0 ? {} : { $and: ordered }),
  };
}

function orderTerms(order: OrderBounds | undefined): MongoTerm[] {
  if (order === undefined) return [];
  const field = `ix.${fieldOf(order.path)}`;
  const within = { [field]: { $gte: order.from, $lt: order.to } };
  if (order.behind === undefined) return [within];
  const { key, id } = order.behind;
  const further = order.descending ? '$lt' : '$gt';
  return [within, { $or: [{ [field]: { [further]: key } }, { [field]: key, _id: { [further]: id } }] }];
}

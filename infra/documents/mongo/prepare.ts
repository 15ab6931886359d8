import { type Connection, type Model, Schema } from 'mongoose';
import { fieldOf, modelOf, type Row, contentOf } from './row.js';
import type { Document } from '../../../contracts/documents.js';

/** Which paths of a collection are in place; kept beside the data, so that a new path is noticed. */
interface Declaration {
  readonly _id: string;
  readonly indexes: readonly string[];
}

const declarationSchema = new Schema<Declaration>(
  { _id: String, indexes: [String] },
  { versionKey: false, autoIndex: false, autoCreate: false },
);

function declarationsOf(connection: Connection): Model<Declaration> {
  const name = 'gsb_collections';
  return (
    (connection.models[name] as Model<Declaration> | undefined) ??
    connection.model<Declaration>(name, declarationSchema, name)
  );
}

/** Creates the indexes of the declared paths and fills in the keys of documents that are older than a path. */
export async function prepareCollection(
  connection: Connection,
  collection: string,
  declared: readonly string[],
): Promise<readonly string[]> {
  const declarations = declarationsOf(connection);
  const known = (await declarations.findById(collection).lean<Declaration>())?.indexes ?? [];
  const missing = declared.filter((path) => !known.includes(path));
  const paths = [...known, ...missing];
  if (missing.length === 0) return paths;
  const model = modelOf(connection, collection);
  for (const path of missing)
    await model.collection.createIndex({ [`ix.${fieldOf(path)}`]: 1, _id: 1 }, undefined, undefined);
  await fillIn(model, paths);
  await declarations.updateOne({ _id: collection }, { $set: { indexes: paths } }, { upsert: true });
  return paths;
}

async function fillIn(model: Model<Row>, paths: readonly string[]): Promise<void> {
  for await (const row of model.find({}, { _id: 1, v: 1, body: 1 }).lean<Row>().cursor()) {
    const { ix } = contentOf(JSON.parse(row.body) as Document, paths);
    // Only while it is unchanged: whoever writes it meanwhile writes the keys as well.
    await model.updateOne({ _id: row._id, v: row.v }, { $set: { ix } });
  }
}

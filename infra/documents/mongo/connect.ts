import type { Connection } from 'mongoose';
import mongoose from 'mongoose';
import { SandboxError } from '../../../contracts/problems.js';
import { withoutPassword } from '../../address.js';
import { errorText } from '../../error-facts.js';

/** How long the server may take to answer at the start, in milliseconds. */
const PATIENCE_MS = 5_000;

const options = {
  serverSelectionTimeoutMS: PATIENCE_MS,
  connectTimeoutMS: PATIENCE_MS,
  // Listening for news of the server instead of asking, the driver once never noticed that it had come back.
  serverMonitoringMode: 'poll',
  autoIndex: false,
  autoCreate: false,
} as const;

/** Connects, and makes sure that the server answers. Raises GSB-CFG-007 when it does not within 5 s. */
export async function connectMongo(uri: string): Promise<Connection> {
  const connection = mongoose.createConnection(uri, options);
  try {
    await connection.asPromise();
    await connection.db?.command({ ping: 1 });
    return connection;
  } catch (error) {
    await connection.close(true).catch(() => undefined);
    throw new SandboxError('GSB-CFG-007', {
      detail: `MONGODB_URI names ${withoutPassword(uri)}, which cannot be used: ${withoutPassword(errorText(error))}`,
      cause: error,
    });
  }
}

/** The same connection with new ones beneath it: what was made of it, such as models, goes on. */
export async function reconnectMongo(connection: Connection, uri: string): Promise<void> {
  await connection.close();
  await connection.openUri(uri, options);
}

/** Whether the server answers somebody who comes anew. */
export async function answersMongo(uri: string): Promise<boolean> {
  try {
    await (await connectMongo(uri)).destroy(true);
    return true;
  } catch {
    return false;
  }
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { silentLogger } from '../../../contracts/logger.js';
import { openDatabase } from '../../../infra/embedded/open-database.js';

/** Texts of a store, each with the place where it was found. */
export type Stored = readonly (readonly [place: string, text: string])[];

/** Every row of every table of an embedded database that nobody has open, as text. */
export async function rowsOf(dataDir: string): Promise<Stored> {
  const database = await openDatabase({ dataDir, logger: silentLogger });
  const { statements, release } = await database.reserve();
  try {
    const { rows: tables } = await statements.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const found: (readonly [string, string])[] = [];
    for (const { name } of tables) {
      const { rows } = await statements.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      for (const { row } of rows) found.push([name, row], [name, unescaped(row)]);
    }
    return found;
  } finally {
    release();
    await database.close();
  }
}

/** Bytes of a bytea column are shown as hexadecimal digits. */
function unescaped(row: string): string {
  return row.replace(/\\+x((?:[0-9a-f]{2})+)/g, (_whole, digits: string) =>
    Buffer.from(digits, 'hex').toString('utf8'),
  );
}

/** Every file below a folder as it is on the disk; what is packed with gzip also unpacked. */
export async function filesOf(folder: string): Promise<Stored> {
  const found: (readonly [string, string])[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = await readFile(file);
    found.push([file, bytes.toString('latin1')]);
    if (file.endsWith('.gz')) found.push([`${file}, unpacked`, gunzipSync(bytes).toString('latin1')]);
  }
  return found;
}

/** Every key of a Redis with its value: journal, queues, locks. */
export async function keysOf(url: string): Promise<Stored> {
  const redis = new Redis(url);
  try {
    const found: (readonly [string, string])[] = [];
    for (const key of await redis.keys('*')) found.push([key, await valueOf(redis, key)]);
    return found;
  } finally {
    await redis.quit();
  }
}

async function valueOf(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  const read: Readonly<Record<string, () => Promise<unknown>>> = {
    string: () => redis.get(key),
    list: () => redis.lrange(key, 0, -1),
    hash: () => redis.hgetall(key),
    set: () => redis.smembers(key),
    zset: () => redis.zrange(key, '0', '-1'),
    stream: () => redis.xrange(key, '-', '+'),
  };
  return `${key} ${JSON.stringify(await read[type]?.())}`;
}

/** Every document of every collection of a MongoDB database. */
export async function documentsOf(uri: string): Promise<Stored> {
  const connection = await mongoose.createConnection(uri).asPromise();
  try {
    const found: (readonly [string, string])[] = [];
    for (const { name } of await connection.listCollections())
      for (const doc of await connection.collection(name).find().toArray())
        found.push([name, JSON.stringify(doc)]);
    return found;
  } finally {
    await connection.close();
  }
}

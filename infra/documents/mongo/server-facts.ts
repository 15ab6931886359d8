import { connectMongo } from './connect.js';

export interface MongoFacts {
  readonly version: string;
  /** Name of its replica set; undefined when it is a single server. */
  readonly replicaSet: string | undefined;
  /** How far its clock is ahead of this machine's, in milliseconds; undefined when it does not tell. */
  readonly skewMs: number | undefined;
}

/** What a MongoDB says of itself, for reports. Raises GSB-CFG-007 when it is not reachable. */
export async function mongoFacts(uri: string): Promise<MongoFacts> {
  const connection = await connectMongo(uri);
  try {
    const hello = (await connection.db?.command({ isMaster: 1 })) ?? {};
    const build = (await connection.db?.command({ buildInfo: 1 })) ?? {};
    const { setName, localTime } = hello as { readonly setName?: unknown; readonly localTime?: unknown };
    const { version } = build as { readonly version?: unknown };
    return {
      version: typeof version === 'string' ? version : 'unknown',
      replicaSet: typeof setName === 'string' ? setName : undefined,
      skewMs: isDate(localTime) ? localTime.getTime() - Date.now() : undefined,
    };
  } finally {
    await connection.close();
  }
}

function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}

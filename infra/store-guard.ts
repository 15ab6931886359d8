import { StoreUnavailableError, type StoreName } from '../contracts/store-unavailable.js';
import { errorCode, errorText } from './error-facts.js';

/**
 * Tells what passes by itself from what does not: an adapter's errors that mean "the store is away" become
 * StoreUnavailableError, everything else (a defect, a document that is too large) goes on as it is.
 */
export async function guarded<T>(
  store: StoreName,
  isAway: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreUnavailableError || !isAway(error)) throw error;
    throw new StoreUnavailableError(store, { cause: error });
  }
}

/** Does work as soon as the store can be reached, or raises what `isAway` knows. */
type During = <T>(work: () => Promise<T>) => Promise<T>;

const atOnce: During = (work) => work();

/** The same for all methods of a port but `close`: they return promises. Other members are left as they are. */
export function guardPort<P extends object>(
  store: StoreName,
  isAway: (error: unknown) => boolean,
  port: P,
  during: During = atOnce,
): P {
  const members = Object.entries(port).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function' || name === 'close') return [name, member];
    const method = member as (...args: unknown[]) => Promise<unknown>;
    return [
      name,
      (...args: unknown[]) => guarded(store, isAway, () => during(async () => method.apply(port, args))),
    ];
  });
  return Object.fromEntries(members) as P;
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'NR_CLOSED',
]);
const REDIS_AWAY =
  /^(?:LOADING|OOM|MISCONF|READONLY|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|TRYAGAIN|BUSY|UNBLOCKED)\b|connection is closed|stream isn't writeable|max retries per request|command timed out/i;

/** Redis: the connection is down, the server loads its file, has no room, or cannot write. */
export function isRedisAway(error: unknown): boolean {
  return CONNECTION_CODES.has(String(errorCode(error))) || REDIS_AWAY.test(errorText(error));
}

const MONGO_NAMES =
  /^(?:MongoNetwork|MongoServerSelection|MongoNotConnected|MongoPoolCleared|MongoPoolClosed|MongoTopologyClosed|MongoWaitQueueTimeout|MongooseServerSelection|PoolCleared|MongoClientClosed)/;
/** HostUnreachable, HostNotFound, NetworkTimeout, shutdowns, elections, OutOfDiskSpace, ExceededTimeLimit. */
const MONGO_CODES = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436, 14031]);

export function isMongoAway(error: unknown): boolean {
  const code = errorCode(error);
  if (CONNECTION_CODES.has(String(code)) || (typeof code === 'number' && MONGO_CODES.has(code))) return true;
  if (typeof error !== 'object' || error === null) return false;
  const { name } = error as { readonly name?: unknown };
  return (
    (typeof name === 'string' && MONGO_NAMES.test(name)) ||
    /buffering timed out|before initial connection/.test(errorText(error))
  );
}

/** PostgreSQL's classes for no room, operator's intervention and trouble of the system; and the disk's own errors. */
export function isDatabaseAway(error: unknown): boolean {
  const code = String(errorCode(error));
  return /^(?:53|57P|58)/.test(code) || /^(?:ENOSPC|EIO|EMFILE|EDQUOT|EROFS)$/.test(code) || isClosed(error);
}

function isClosed(error: unknown): boolean {
  return /PGlite is (?:closed|closing)|database is closed/i.test(errorText(error));
}

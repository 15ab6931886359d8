import type { PGlite } from '@electric-sql/pglite';
import { createMutex } from './mutex.js';
import { createPreparedStatements } from './prepared-statements.js';

/** Rows of one statement. Statements are written in this repository; their row types are trusted. */
export interface Rows<R> {
  readonly rows: readonly R[];
  readonly affected: number;
}

export interface Statements {
  readonly query: <R = unknown>(text: string, params?: readonly unknown[]) => Promise<Rows<R>>;
}

export interface EmbeddedDatabase extends Statements {
  /** The folder; undefined when the database is in memory. */
  readonly dataDir: string | undefined;
  /** Runs statements between BEGIN and COMMIT, with nobody else in between; rolls back when `work` rejects. */
  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T>;
  /** Keeps everybody else out until the returned `release` is called: a connection of a pool, in effect. */
  reserve(): Promise<{ readonly statements: Statements; readonly release: () => void }>;
  /** See `forgetRemoved`; checkpoints that still hold what was removed go as well. */
  readonly forgetRemoved?: () => Promise<void>;
  /** NOTIFY, delivered in process. Returns what ends the listening. */
  onNotification(listener: (channel: string, payload: string) => void): () => void;
  /** Closes the engine, then frees the folder. Calling it again is harmless. */
  close(): Promise<void>;
}

/** Nobody vacuums in process, so it happens here, once so many writing statements have gone by. */
const STATEMENTS_BETWEEN_VACUUMS = 30_000;
const WRITES = /^\s*(?:insert|update|delete|with|select)\b/i;

export function createEmbeddedDatabase(
  engine: PGlite,
  dataDir: string | undefined,
  onClosed: () => Promise<void>,
): EmbeddedDatabase {
  const mutex = createMutex();
  const prepared = createPreparedStatements(engine);
  let sinceVacuum = 0;
  let closing: Promise<void> | undefined;

  async function runNow<R>(text: string, params: readonly unknown[] | undefined): Promise<Rows<R>> {
    if (params !== undefined && params.length > 0) {
      const result = await prepared.run<R>(text, params);
      return { rows: result.rows, affected: result.affectedRows ?? 0 };
    }
    const results = await engine.exec(text);
    const last = results.at(-1);
    return { rows: (last?.rows ?? []) as R[], affected: last?.affectedRows ?? 0 };
  }

  const statements: Statements = { query: runNow };

  function noteWork(text: string): void {
    if (!WRITES.test(text)) return;
    sinceVacuum += 1;
    if (sinceVacuum < STATEMENTS_BETWEEN_VACUUMS || closing) return;
    sinceVacuum = 0;
    // A vacuum that fails costs speed only; whatever broke it fails the next statement of a caller too.
    void mutex.run(() => engine.exec('VACUUM (ANALYZE)')).catch(() => undefined);
  }

  return {
    dataDir,
    query: (text, params) => {
      noteWork(text);
      return mutex.run(() => runNow(text, params));
    },
    transaction: (work) =>
      mutex.run(async () => {
        await engine.exec('BEGIN');
        try {
          const result = await work(statements);
          await engine.exec('COMMIT');
          return result;
        } catch (error) {
          await engine.exec('ROLLBACK');
          throw error;
        }
      }),
    reserve: async () => {
      const release = await mutex.acquire();
      return { statements, release };
    },
    onNotification: (listener) => engine.onNotification(listener),
    close: () => {
      closing ??= mutex.run(() => engine.close()).finally(onClosed);
      return closing;
    },
  };
}

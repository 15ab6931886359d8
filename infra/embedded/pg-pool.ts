import { EventEmitter } from 'node:events';
import type { EmbeddedDatabase, Statements } from './database.js';

/**
 * Makes the one embedded database look like a `pg.Pool`, as far as BullMQ's PostgreSQL backend uses one.
 * A client owns the database from BEGIN to COMMIT or ROLLBACK; all other statements take turns.
 */
interface QueryResult {
  // BullMQ names the row type of each statement itself.
  readonly rows: never[];
  readonly rowCount: number;
}

export class EmbeddedPgClient extends EventEmitter {
  name = '';
  #owned: { readonly statements: Statements; readonly release: () => void } | undefined;

  constructor(
    readonly database: EmbeddedDatabase,
    readonly onReleased: (client: EmbeddedPgClient) => void,
  ) {
    super();
    // Every waiting worker of a queue listens on one client.
    this.setMaxListeners(0);
  }

  async query(text: string, params?: readonly unknown[]): Promise<QueryResult> {
    if (text.includes("set_config('application_name'")) {
      this.name = String(params?.[0]);
      return { rows: [], rowCount: 1 };
    }
    const command = text.trim().toUpperCase();
    if (command === 'BEGIN') this.#owned ??= await this.database.reserve();
    try {
      const { rows, affected } = await (this.#owned?.statements ?? this.database).query<never>(text, params);
      return { rows: [...rows], rowCount: affected };
    } finally {
      if (command === 'COMMIT' || command === 'ROLLBACK') this.#disown();
    }
  }

  release(): void {
    this.#disown();
    this.onReleased(this);
  }

  #disown(): void {
    this.#owned?.release();
    this.#owned = undefined;
  }
}

export class EmbeddedPgPool extends EventEmitter {
  /** Tells BullMQ that a dead listener would be noticed, so that idle workers need not poll. */
  readonly options = { keepAlive: true };
  readonly #clients = new Set<EmbeddedPgClient>();
  readonly #unlisten: () => void;

  constructor(readonly database: EmbeddedDatabase) {
    super();
    // Each queue and each worker adds an error listener of its own.
    this.setMaxListeners(0);
    this.#unlisten = database.onNotification((channel, payload) => {
      for (const client of [...this.#clients]) client.emit('notification', { channel, payload });
    });
  }

  async query(text: string, params?: readonly unknown[]): Promise<QueryResult> {
    if (text.includes('pg_stat_activity')) {
      const rows = [...this.#clients].map(({ name }) => ({ application_name: name }));
      return { rows: rows as never[], rowCount: rows.length };
    }
    const { rows, affected } = await this.database.query<never>(text, params);
    return { rows: [...rows], rowCount: affected };
  }

  connect(): Promise<EmbeddedPgClient> {
    const client = new EmbeddedPgClient(this.database, (released) => this.#clients.delete(released));
    this.#clients.add(client);
    return Promise.resolve(client);
  }

  /** Ends the notifications; the database itself belongs to whoever opened it. */
  end(): Promise<void> {
    this.#unlisten();
    this.#clients.clear();
    return Promise.resolve();
  }
}

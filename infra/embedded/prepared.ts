import { protocol, type messages, type PGlite } from '@electric-sql/pglite';
import type { Rows } from './database.js';

/**
 * Statements are sent again and again: each is parsed and planned once, and afterwards bound and executed in one
 * message. PGlite's own `query` sends five and plans anew, which costs two thirds of its time.
 */
export interface PreparedStatements {
  query<R>(text: string, params: readonly unknown[]): Promise<Rows<R>>;
}

/** Statements whose text depends on values must not pile up in the engine. */
const KEPT = 300;
/** "cached plan must not change result type": the table was altered since. */
const STALE_PLAN = '0A000';

interface Prepared {
  readonly name: string;
  readonly parameterTypes: readonly number[];
  readonly columns: readonly { readonly name: string; readonly type: number }[];
}

type Described =
  | { readonly name: 'parameterDescription'; readonly dataTypeIDs: readonly number[] }
  | { readonly name: 'rowDescription'; readonly fields: readonly { name: string; dataTypeID: number }[] };

/** The caller sees to it that one statement runs at a time. */
export function createPreparedStatements(engine: PGlite): PreparedStatements {
  const { serialize } = protocol;
  const known = new Map<string, Prepared>();
  let named = 0;

  function send(...parts: readonly Uint8Array[]): Promise<readonly messages.BackendMessage[]> {
    return engine.execProtocolStream(Buffer.concat([...parts, serialize.sync()]), {});
  }

  async function prepare(text: string): Promise<Prepared> {
    const ready = known.get(text);
    if (ready !== undefined) return ready;
    const [oldest] = known.keys();
    if (oldest !== undefined && known.size >= KEPT) await forget(oldest);
    const name = `s${(named += 1)}`;
    const answers = (await send(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
    )) as unknown as readonly Described[];
    const parameters = answers.find((answer) => answer.name === 'parameterDescription');
    const row = answers.find((answer) => answer.name === 'rowDescription');
    const prepared: Prepared = {
      name,
      parameterTypes: parameters?.dataTypeIDs ?? [],
      columns: (row?.fields ?? []).map((field) => ({ name: field.name, type: field.dataTypeID })),
    };
    known.set(text, prepared);
    return prepared;
  }

  async function forget(text: string): Promise<void> {
    const prepared = known.get(text);
    known.delete(text);
    if (prepared !== undefined) await send(serialize.close({ type: 'S', name: prepared.name }));
  }

  async function run<R>(text: string, params: readonly unknown[]): Promise<Rows<R>> {
    const { name, parameterTypes, columns } = await prepare(text);
    const values = params.map((value, at) => asText(value, parameterTypes[at]));
    const answers = await send(serialize.bind({ statement: name, values }), serialize.execute({}));
    const rows: R[] = [];
    let affected = 0;
    for (const answer of answers) {
      if (answer.name === 'dataRow') {
        const { fields } = answer as messages.DataRowMessage;
        rows.push(toRow(fields) as R);
      } else if (answer.name === 'commandComplete') {
        affected = affectedBy((answer as messages.CommandCompleteMessage).text);
      }
    }
    return { rows, affected };

    function toRow(fields: readonly (string | null)[]): object {
      const row: Record<string, unknown> = {};
      columns.forEach((column, at) => {
        const field = fields[at] ?? null;
        const read = engine.parsers[column.type];
        row[column.name] = field === null || read === undefined ? field : read(field, column.type);
      });
      return row;
    }
  }

  function asText(value: unknown, type: number | undefined): string | null {
    if (value === null || value === undefined) return null;
    const write = type === undefined ? undefined : engine.serializers[type];
    return write === undefined ? String(value) : (write(value) as string);
  }

  return {
    query: async (text, params) => {
      try {
        return await run(text, params);
      } catch (error) {
        if ((error as { readonly code?: unknown }).code !== STALE_PLAN || !known.has(text)) throw error;
        await forget(text);
        return run(text, params);
      }
    },
  };
}

/** "INSERT 0 5" tells of five rows, "SELECT 2" of none that changed. */
function affectedBy(tag: string): number {
  const [command = ''] = tag.split(' ');
  return ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(command) ? Number(tag.split(' ').at(-1)) : 0;
}

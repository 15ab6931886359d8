import { parse, protocol, type messages, type PGlite, type Results } from '@electric-sql/pglite';

/**
 * Statements with parameters, parsed and described once and then only bound and executed, both in one message. PGlite's own
 * `query` parses, describes, binds and executes anew each time, in five messages: three to five times as slow.
 */
export interface PreparedStatements {
  run<R>(text: string, params: readonly unknown[]): Promise<Results<R>>;
}

interface Prepared {
  readonly name: string;
  readonly parameterTypes: readonly number[];
  readonly row: messages.BackendMessage | undefined;
}

/** More texts than the repository has; what goes beyond was built with a varying number of parameters. */
const MOST_KEPT = 400;
/** SQLSTATE: the plan no longer fits the table; there is no statement of that name. */
const STALE: readonly unknown[] = ['0A000', '26000'];

export function createPreparedStatements(engine: PGlite): PreparedStatements {
  const { serialize } = protocol;
  const kept = new Map<string, Prepared>();
  let last = 0;

  async function prepare(text: string): Promise<Prepared> {
    const known = kept.get(text);
    if (known !== undefined) return known;
    last += 1;
    const name = `sandbox${last}`;
    const answer = await engine.execProtocol(
      joined([serialize.parse({ name, text }), serialize.describe({ type: 'S', name }), serialize.sync()]),
    );
    const prepared: Prepared = {
      name,
      parameterTypes: parse.parseDescribeStatementResults(answer.messages),
      row: answer.messages.find((message) => message.name === 'rowDescription'),
    };
    kept.set(text, prepared);
    await forgetOldest();
    return prepared;
  }

  async function forgetOldest(): Promise<void> {
    if (kept.size <= MOST_KEPT) return;
    const [oldest] = kept;
    if (oldest === undefined) return;
    kept.delete(oldest[0]);
    await engine.execProtocol(
      joined([serialize.close({ type: 'S', name: oldest[1].name }), serialize.sync()]),
    );
  }

  async function execute<R>(text: string, params: readonly unknown[]): Promise<Results<R>> {
    const { name, parameterTypes, row } = await prepare(text);
    const values = params.map((param, at) => textOf(engine, param, parameterTypes[at]));
    const answer = await engine.execProtocol(
      joined([
        serialize.bind({ statement: name, values }),
        serialize.execute({ portal: '' }),
        serialize.sync(),
      ]),
    );
    const described = row === undefined ? answer.messages : [row, ...answer.messages];
    return parse.parseResults(described, engine.parsers)[0] as Results<R>;
  }

  return {
    run: async <R>(text: string, params: readonly unknown[]) => {
      try {
        return await execute<R>(text, params);
      } catch (error) {
        if (!STALE.includes((error as { code?: unknown }).code) || engine.isInTransaction()) throw error;
        kept.delete(text);
        return execute<R>(text, params);
      }
    },
  };
}

/** A parameter as PostgreSQL's text format has it. */
function textOf(engine: PGlite, value: unknown, type: number | undefined): string | null {
  if (value === null || value === undefined) return null;
  const serializer = type === undefined ? undefined : engine.serializers[type];
  if (serializer !== undefined) return serializer(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

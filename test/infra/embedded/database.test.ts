import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { silentLogger } from '../../../contracts/logger.js';
import type { EmbeddedDatabase } from '../../../infra/embedded/database.js';
import { openDatabase } from '../../../infra/embedded/open-database.js';
import { EmbeddedPgPool } from '../../../infra/embedded/pg-pool.js';
import { testTemplate } from '../../contract/template.js';

describe('the embedded database', () => {
  let database: EmbeddedDatabase;
  beforeAll(async () => {
    database = await openDatabase({ templateFile: await testTemplate(), logger: silentLogger });
    await database.query('CREATE TABLE sandbox.t (n integer)');
    // The template may have to be made first.
  }, 120_000);
  afterAll(() => database.close());

  const count = async (): Promise<number> =>
    (await database.query<{ n: number }>('SELECT count(*)::int AS n FROM sandbox.t')).rows[0]!.n;

  it('keeps others out of a transaction, and rolls back when it fails', async () => {
    const before = await count();
    const counting: Promise<number>[] = [];
    const failing = database.transaction(async ({ query }) => {
      await query('INSERT INTO sandbox.t VALUES (1)');
      counting.push(count());
      await query('INSERT INTO sandbox.t VALUES (2)');
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await counting[0]).toBe(before);
    await database.transaction(({ query }) => query('INSERT INTO sandbox.t VALUES (1)'));
    expect(await count()).toBe(before + 1);
  });

  it('goes on after a statement that fails', async () => {
    await expect(database.query('SELECT nothing')).rejects.toThrow(/nothing/);
    expect(await count()).toBeGreaterThanOrEqual(0);
  });

  it('keeps statements with parameters prepared, also when they fail, when their table changes and when there are many', async () => {
    const negated = (n: unknown): Promise<unknown> =>
      database.query('SELECT -$1::int AS n', [n]).then(({ rows }) => rows);
    expect(await negated(4)).toEqual([{ n: -4 }]);
    await expect(negated('many')).rejects.toThrow(/integer/);
    expect(await negated(null)).toEqual([{ n: null }]);
    const all = (): Promise<unknown> =>
      database.query('SELECT * FROM sandbox.changing WHERE n = $1', [1]).then(({ rows }) => rows);
    await database.query('CREATE TABLE sandbox.changing (n integer)');
    await database.query('INSERT INTO sandbox.changing VALUES ($1)', [1]);
    expect(await all()).toEqual([{ n: 1 }]);
    await database.query("ALTER TABLE sandbox.changing ADD COLUMN name text DEFAULT 'new'");
    expect(await all()).toEqual([{ n: 1, name: 'new' }]);
    for (let n = 0; n < 450; n += 1) await database.query(`SELECT ${n} WHERE $1`, [true]);
    expect(await negated(5)).toEqual([{ n: -5 }]);
    const { rows } = await database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM pg_prepared_statements',
    );
    expect(rows[0]?.n).toBeLessThanOrEqual(401);
  });

  it('lets a client of the pool own it between BEGIN and COMMIT, until it is released', async () => {
    const pool = new EmbeddedPgPool(database);
    const before = await count();
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO sandbox.t VALUES ($1)', [7]);
    const seen = pool.query('SELECT count(*)::int AS n FROM sandbox.t');
    await client.query('ROLLBACK');
    expect((await seen).rows).toEqual([{ n: before }]);
    await client.query('BEGIN');
    await client.query('COMMIT');
    client.release();
    expect(await count()).toBe(before);
    await pool.end();
  });

  it('hands notifications to the clients of the pool', async () => {
    const pool = new EmbeddedPgPool(database);
    const client = await pool.connect();
    const heard = new Promise((resolve) => client.on('notification', resolve));
    await client.query('LISTEN news');
    await pool.query("SELECT pg_notify('news', 'hello')");
    expect(await heard).toEqual({ channel: 'news', payload: 'hello' });
    client.release();
    await pool.end();
  });
});

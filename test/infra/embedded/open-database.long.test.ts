import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../contracts/logger.js';
import type { EmbeddedDatabase } from '../../../infra/embedded/database.js';
import { POSTGRES_MAJOR } from '../../../infra/embedded/engine.js';
import { openDatabase } from '../../../infra/embedded/open-database.js';
import { testTemplate } from '../../contract/template.js';

describe('the data folder', () => {
  let root: string;
  let dataDir: string;
  let templateFile: string;
  let filled: string;

  beforeAll(async () => {
    templateFile = await testTemplate();
    filled = join(await mkdtemp(join(tmpdir(), 'gsb-filled-')), 'data');
    const database = await openDatabase({ dataDir: filled, templateFile, logger: silentLogger });
    await database.query("INSERT INTO sandbox.collection (name, indexes) VALUES ('kept', '{}')");
    await database.close();
    // The template may have to be made first.
  }, 120_000);
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'gsb-folder-'));
    dataDir = join(root, 'data');
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const open = (folder = dataDir): Promise<EmbeddedDatabase> =>
    openDatabase({ dataDir: folder, templateFile, logger: silentLogger });

  async function useFilled(): Promise<void> {
    await cp(filled, dataDir, { recursive: true });
  }

  async function keptRows(database: EmbeddedDatabase): Promise<number> {
    return (await database.query("SELECT 1 FROM sandbox.collection WHERE name = 'kept'")).rows.length;
  }

  it('is created when it is new, and opened again with what was in it', async () => {
    const first = await open();
    await first.query("INSERT INTO sandbox.collection (name, indexes) VALUES ('kept', '{}')");
    await first.close();
    await first.close();
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'sandbox.json']);
    const second = await open();
    expect(await keptRows(second)).toBe(1);
    await second.close();
    const { postgresMajor } = JSON.parse(await readFile(join(dataDir, 'sandbox.json'), 'utf8'));
    expect(postgresMajor).toBe(POSTGRES_MAJOR);
  });

  it('is created without a template too', async () => {
    const database = await openDatabase({ dataDir, logger: silentLogger });
    const { rows } = await database.query<{ major: number; buffers: string }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS major,
              current_setting('shared_buffers') AS buffers`,
    );
    expect(rows).toEqual([{ major: POSTGRES_MAJOR, buffers: '4MB' }]);
    await database.close();
  }, 60_000);

  it('is refused while another sandbox uses it, and free afterwards', async () => {
    await useFilled();
    const first = await open();
    await expect(open()).rejects.toMatchObject({
      code: 'GSB-CFG-003',
      detail: expect.stringContaining(dataDir),
    });
    expect(await keptRows(first)).toBe(1);
    await first.close();
    await (await open()).close();
  });

  it('is held by one of several that start at the same time', async () => {
    await useFilled();
    const outcomes = await Promise.allSettled([open(), open(), open()]);
    const opened = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(opened).toHaveLength(1);
    await opened[0]!.value.close();
  });

  it('is taken over when only the socket of a killed process is left', async () => {
    await useFilled();
    const path = join(dataDir, 'in-use.sock');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(`${path}.live`, resolve));
    // A socket file whose listener is gone, as kill -9 leaves it: node removes only the name it listened on.
    await cpSocket(`${path}.live`, path);
    await new Promise((resolve) => server.close(resolve));
    expect(await readdir(dataDir)).toContain('in-use.sock');
    const database = await open();
    await expect(open()).rejects.toMatchObject({ code: 'GSB-CFG-003' });
    expect(await keptRows(database)).toBe(1);
    await database.close();
  });

  it('may have a path that is too long for a socket', async () => {
    dataDir = join(root, 'x'.repeat(60), 'y'.repeat(60));
    await mkdir(dataDir, { recursive: true });
    await useFilled();
    const database = await open();
    await expect(open()).rejects.toMatchObject({ code: 'GSB-CFG-003' });
    await database.close();
    expect(await readdir(dataDir)).not.toContain('in-use.sock');
  });

  it.each([
    { formatVersion: 99, postgresMajor: POSTGRES_MAJOR },
    { formatVersion: 1, postgresMajor: POSTGRES_MAJOR - 1 },
  ])('of another version is left alone: %j', async (versions) => {
    await useFilled();
    await writeFile(join(dataDir, 'sandbox.json'), JSON.stringify({ ...versions, createdAt: '2026-01-01' }));
    await expect(open()).rejects.toMatchObject({
      code: 'GSB-CFG-004',
      detail: expect.stringContaining(dataDir),
    });
    expect(await readdir(dataDir)).toEqual(['postgres', 'sandbox.json']);
  });

  it('written by a later BullMQ is left alone', async () => {
    await useFilled();
    const database = await open();
    await database.query('UPDATE bullmq.migration SET min_client_version = 99');
    await database.close();
    await expect(open()).rejects.toMatchObject({ code: 'GSB-CFG-004' });
  });

  it('whose description was lost in a crash is described again', async () => {
    await useFilled();
    await rm(join(dataDir, 'sandbox.json'));
    const database = await open();
    expect(await keptRows(database)).toBe(1);
    await database.close();
    expect(await readdir(dataDir)).toContain('sandbox.json');
  });

  it('is filled anew when creating it was interrupted', async () => {
    await mkdir(join(dataDir, 'postgres.new', 'base'), { recursive: true });
    await (await open()).close();
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'sandbox.json']);
  });

  const damages: readonly (readonly [string, () => Promise<void>])[] = [
    ['an unreadable description', () => writeFile(join(dataDir, 'sandbox.json'), '{ half')],
    ['a missing PG_VERSION', () => rm(join(dataDir, 'postgres/PG_VERSION'))],
    ['a missing database', () => rm(join(dataDir, 'postgres'), { recursive: true })],
    ['no control file', () => rm(join(dataDir, 'postgres/global/pg_control'))],
    ['a short control file', () => truncate(join(dataDir, 'postgres/global/pg_control'), 100)],
    [
      'a wiped control file',
      () => writeFile(join(dataDir, 'postgres/global/pg_control'), Buffer.alloc(8192)),
    ],
    ['no write-ahead log', () => rm(join(dataDir, 'postgres/pg_wal'), { recursive: true })],
    ['no catalogue', () => rm(join(dataDir, 'postgres/base'), { recursive: true })],
  ];
  it.each(damages)('that is broken is refused and left alone: %s', async (_, damage) => {
    await useFilled();
    await damage();
    const before = await filesIn(dataDir);
    await expect(open()).rejects.toMatchObject({
      code: 'GSB-CFG-005',
      detail: expect.stringContaining(dataDir),
    });
    const after = new Set(await filesIn(dataDir));
    expect(before.filter((file) => !after.has(file))).toEqual([]);
    expect(await readdir(dataDir)).not.toContain('in-use.sock');
  });

  it('cannot be a file', async () => {
    await writeFile(dataDir, 'text');
    await expect(open()).rejects.toMatchObject({ code: 'GSB-CFG-005' });
    expect(await readFile(dataDir, 'utf8')).toBe('text');
  });
});

/**
 * The paths of all files, without the relation cache that PostgreSQL throws away and rebuilds at every start.
 * It may touch other files before it gives up; none may go.
 */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== 'pg_internal.init')
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Gives a socket a second name; node then unlinks only the first. */
async function cpSocket(from: string, to: string): Promise<void> {
  const { link } = await import('node:fs/promises');
  await link(from, to);
}

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createEmbeddedDatabase } from './database.js';
import { startEngine } from './engine.js';
import { migrate } from './migrate.js';

/**
 * Creating a database from nothing peaks at 850 MB, which the process would keep. So it happens in a short-lived
 * child process, and best of all once, when the package is built: the result is the template.
 */
const CREATE = `
const [engine, folder] = process.argv.slice(-2);
const { PGlite } = await import(engine);
const database = new PGlite({ dataDir: folder });
await database.waitReady;
await database.close();
`;

/** Creates an empty database in `folder`, in a child process. Takes about 3 s. */
export async function createDatabaseFolder(folder: string): Promise<void> {
  const engine = pathToFileURL(createRequire(import.meta.url).resolve('@electric-sql/pglite')).href;
  const args = ['--input-type=module', '--eval', CREATE, '--', engine, folder];
  await promisify(execFile)(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } });
}

/** Writes the template, a gzipped archive of about 5 MB with all tables in place, to `file`. */
export async function buildTemplate(file: string): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'govstack-sandbox-template-'));
  try {
    const folder = join(scratch, 'postgres');
    await createDatabaseFolder(folder);
    const engine = await startEngine({ folder });
    const database = createEmbeddedDatabase(engine, undefined, () => Promise.resolve());
    await migrate(database);
    await database.query('VACUUM (FREEZE, ANALYZE)');
    await database.query('CHECKPOINT');
    const packed = await engine.dumpDataDir('gzip');
    await database.close();
    await mkdir(dirname(file), { recursive: true });
    const partial = `${file}.${randomUUID()}`;
    await writeFile(partial, Buffer.from(await packed.arrayBuffer()));
    await rename(partial, file);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../contracts/logger.js';
import type { Job } from '../../contracts/queue.js';
import { openEmbeddedStorage, type Storage } from '../../infra/storage.js';
import { testTemplate } from './template.js';
import { startTypescript } from './typescript-child.js';

/** What was acknowledged, from the lines of durability-child.ts: the highest number per name. */
function highest(lines: readonly string[], kind: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const line of lines) {
    const [what, name = '', n = '0'] = line.split(' ');
    if (what === kind) found.set(name, Math.max(found.get(name) ?? 0, Number(n)));
  }
  return found;
}

describe('kill -9 of a process that writes to the embedded storage', () => {
  let dataDir: string;
  let templateFile: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gsb-durability-'));
    // Made here where no test was before: an empty database takes its time.
    templateFile = await testTemplate();
  }, 120_000);
  afterAll(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  async function killAndReopen(): Promise<{ readonly lines: readonly string[]; readonly storage: Storage }> {
    const child = startTypescript(join(import.meta.dirname, 'durability-child.ts'), [dataDir, templateFile]);
    await child.lines(3000);
    const lines = await child.kill();
    return { lines, storage: await openEmbeddedStorage({ dataDir, templateFile, logger: silentLogger }) };
  }

  it.each(['once', 'again, on the same folder'])('loses nothing that was acknowledged: %s', async () => {
    const { lines, storage } = await killAndReopen();
    const { journal, documents, queues } = storage;

    const appended = highest(lines, 'journal');
    expect(appended.size).toBe(10);
    for (const [stream, seq] of appended) {
      const records = await journal.read(stream);
      expect(records.length).toBeGreaterThanOrEqual(seq);
      expect(records.map(({ event }) => event)).toEqual(records.map((_, at) => ({ n: at + 1 })));
      expect(records.every(({ seq: n, payload }) => (payload as { secret: number }).secret === n)).toBe(true);
    }

    const people = documents.collection<{ _id: string; n: number }>('people', ['n']);
    for (const [id, n] of highest(lines, 'document')) {
      const found = (await people.get(id))!;
      expect(found.doc.n).toBeGreaterThanOrEqual(n);
      expect(await people.find({ filter: { n: found.doc.n }, idPrefix: id })).toEqual([found]);
    }

    const jobs = [...highest(lines, 'job').keys()];
    expect(jobs.length).toBeGreaterThan(0);
    const seen = new Set<string>();
    await new Promise<void>((resolve) => {
      queues.work('waiting', 5, (job) => {
        seen.add(job.id);
        if (jobs.every((id) => seen.has(id))) resolve();
        return Promise.resolve();
      });
    });

    expect([...highest(lines, 'active').keys()]).toEqual(['stuck-1']);
    const reopened = Date.now();
    const rescued = await new Promise<Job>((resolve) => {
      queues.work('stuck', 1, (job) => {
        resolve(job);
        return Promise.resolve();
      });
    });
    expect(rescued).toMatchObject({ id: 'stuck-1', data: { by: 'test' } });
    // Well before the 30 s after which a lock of BullMQ expires.
    expect(Date.now() - reopened).toBeLessThan(10_000);
    await storage.close();
  });
});

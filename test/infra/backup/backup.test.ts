import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../contracts/logger.js';
import { itemsOf, verifyBackup, writeBackup, type BackupItem } from '../../../infra/backup/backup-file.js';
import { contentsOf, emptyAll, fillWith, isEmpty } from '../../../infra/backup/contents.js';
import { assertNotHalfRestored, markRestore, unmarkRestore } from '../../../infra/backup/restore-mark.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createMemoryQueues } from '../../../infra/memory/memory-queues.js';

const taken = '2026-01-05T09:00:00.000Z';

function stores() {
  return {
    documents: createMemoryDocuments(),
    journal: createMemoryJournal(),
    queues: createMemoryQueues(silentLogger as never),
  };
}

async function filled() {
  const made = stores();
  await made.documents.collection('workspaces').put({ _id: 'default' });
  for (let n = 0; n < 1200; n += 1)
    await made.documents.collection('cases', ['n']).put({ _id: `default/${String(n).padStart(4, '0')}` });
  await made.documents.collection('secrets').put({ _id: 'installation' });
  await made.documents.collection('secrets').put({ _id: 'workspace-secrets-key' });
  await made.journal.append('default/run/a', 'any', [
    { event: { n: 1 }, payload: 'U+0000: \u0000' },
    { event: 2 },
  ]);
  await made.queues.queue('blocks').enqueue('job', { workspace: 'default', job: { id: 'j' } });
  return made;
}

async function all(items: AsyncIterable<BackupItem>): Promise<BackupItem[]> {
  const found: BackupItem[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('a backup', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gsb-backup-'));
    file = join(folder, 'backup.gz');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('holds everything but the key of the secrets, and fills other stores with the same', async () => {
    const from = await filled();
    const header = await writeBackup(file, taken, contentsOf(from));
    expect(header.counts).toEqual({ workspaces: 1, documents: 1202, streams: 1, entries: 2, jobs: 1 });
    expect(await verifyBackup(file)).toEqual(header);
    const to = stores();
    await fillWith(to, itemsOf(file));
    expect(await all(contentsOf(to))).toEqual(await all(contentsOf(from)));
    expect(await to.documents.collection('secrets').get('workspace-secrets-key')).toBeUndefined();
    await emptyAll(to);
    expect(await isEmpty(to)).toBe(true);
  });

  it('is refused when it is cut off, changed, of another version, or none', async () => {
    await writeBackup(file, taken, contentsOf(await filled()));
    const whole = await readFile(file);
    for (const bytes of [
      whole.subarray(0, whole.length - 40),
      Buffer.concat([
        whole.subarray(0, whole.length - 200),
        Buffer.alloc(60),
        whole.subarray(whole.length - 140),
      ]),
      Buffer.from('no gzip'),
      Buffer.alloc(0),
    ]) {
      await writeFile(file, bytes);
      await expect(verifyBackup(file)).rejects.toMatchObject({ code: 'GSB-REQ-001' });
    }
  });

  it('marks services while they are half restored', async () => {
    const { documents } = stores();
    await assertNotHalfRestored(documents);
    await markRestore(documents, 'a'.repeat(64));
    await expect(assertNotHalfRestored(documents)).rejects.toMatchObject({ code: 'GSB-CFG-008' });
    await unmarkRestore(documents);
    await assertNotHalfRestored(documents);
  });
});

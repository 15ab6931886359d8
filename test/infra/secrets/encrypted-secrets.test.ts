import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Document } from '../../../contracts/documents.js';
import { workspaceIdSchema } from '../../../contracts/ids.js';
import { createEncryptedSecrets } from '../../../infra/secrets/encrypted-secrets.js';
import { keyInDocuments, keyInFolder } from '../../../infra/secrets/secrets-key.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';

const one = workspaceIdSchema.parse('one');
const other = workspaceIdSchema.parse('other');
const key = randomBytes(32);
const documents = createMemoryDocuments();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-key-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  await documents.collection('workspace-secrets').deleteByPrefix('');
});

describe('the secrets of a workspace', () => {
  it('are given back as they were set, and only what is stored', async () => {
    const secrets = createEncryptedSecrets(documents, key);
    const policy = { username: 'amina', password: 'pässword', scopes: ['a', 1, null] };
    await secrets.set(one, 'registry', policy);
    await secrets.set(one, 'token', 'first');
    await secrets.set(one, 'token', 'second');
    expect(await secrets.resolve(one, ['registry', 'token', 'absent'])).toEqual({
      registry: policy,
      token: 'second',
    });
    expect(await secrets.list(one)).toEqual(['registry', 'token']);
    expect(await secrets.remove(one, 'token')).toBe(true);
    expect(await secrets.remove(one, 'token')).toBe(false);
    expect(await secrets.resolve(one, ['token'])).toEqual({});
  });

  it('are not those of another', async () => {
    const secrets = createEncryptedSecrets(documents, key);
    await secrets.set(one, 'token', 'of one');
    expect(await secrets.list(other)).toEqual([]);
    expect(await secrets.resolve(other, ['token', '../one/token'])).toEqual({});
  });

  it('cannot be read in the store, and the same secret looks different each time', async () => {
    const secrets = createEncryptedSecrets(documents, key);
    const stored = async (): Promise<string> =>
      JSON.stringify(await documents.collection('workspace-secrets').find());
    await secrets.set(one, 'token', 'open sesame');
    const first = await stored();
    await secrets.set(one, 'token', 'open sesame');
    const second = await stored();
    for (const text of [first, second]) {
      expect(text).toContain('one/token');
      expect(text).not.toContain('sesame');
      expect(text).not.toContain(Buffer.from('open sesame').toString('base64').slice(0, 12));
    }
    expect((JSON.parse(first) as { doc: { sealed: string } }[])[0]?.doc.sealed).not.toBe(
      (JSON.parse(second) as { doc: { sealed: string } }[])[0]?.doc.sealed,
    );
  });

  it('are not opened with another key, nor when they were changed or moved', async () => {
    const secrets = createEncryptedSecrets(documents, key);
    await secrets.set(one, 'token', 'value');
    const failure = { code: 'GSB-CFG-001', detail: expect.stringContaining('SANDBOX_SECRETS_KEY') };
    const stranger = createEncryptedSecrets(documents, randomBytes(32));
    await expect(stranger.resolve(one, ['token'])).rejects.toMatchObject(failure);

    const collection = documents.collection<Document & { sealed: string; tag: string }>('workspace-secrets');
    const doc = (await collection.get('one/token'))!.doc;
    await collection.put({ ...doc, _id: 'other/token' });
    await expect(secrets.resolve(other, ['token'])).rejects.toMatchObject(failure);
    await collection.put({ ...doc, sealed: Buffer.from('forged').toString('base64') });
    await expect(secrets.resolve(one, ['token'])).rejects.toMatchObject(failure);
    // A shortened tag would be easier to forge.
    await collection.put({ ...doc, tag: Buffer.from(doc.tag, 'base64').subarray(0, 4).toString('base64') });
    await expect(secrets.resolve(one, ['token'])).rejects.toMatchObject(failure);
  });

  it.each(['', 'a/b', '../x', '.hidden', 'a b', 'x'.repeat(121)])('have no name like "%s"', async (name) => {
    const secrets = createEncryptedSecrets(documents, key);
    await expect(secrets.set(one, name, 'x')).rejects.toMatchObject({ code: 'GSB-REQ-001' });
  });

  it('are not larger than 64 KiB', async () => {
    const secrets = createEncryptedSecrets(documents, key);
    await expect(secrets.set(one, 'big', 'x'.repeat(65_535))).rejects.toMatchObject({ code: 'GSB-REQ-001' });
    await secrets.set(one, 'big', 'x'.repeat(65_534));
  });
});

describe('the key', () => {
  it('in the folder is made once, also by two at the same moment, and is its owner’s', async () => {
    const keys = await Promise.all([keyInFolder(folder), keyInFolder(folder), keyInFolder(folder)]);
    expect(keys[0]).toHaveLength(32);
    expect(keys.every((made) => made.equals(keys[0]))).toBe(true);
    expect(await readdir(folder)).toEqual(['secrets.key']);
    const path = join(folder, 'secrets.key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await chmod(path, 0o644);
    await keyInFolder(folder);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('in the folder that is none is not replaced', async () => {
    const path = join(folder, 'secrets.key');
    await writeFile(path, 'too short');
    await expect(keyInFolder(folder)).rejects.toMatchObject({ code: 'GSB-CFG-005' });
    expect(await readFile(path, 'utf8')).toBe('too short');
  });

  it('in the documents is made once', async () => {
    const [first, second] = await Promise.all([keyInDocuments(documents), keyInDocuments(documents)]);
    expect(first).toHaveLength(32);
    expect(first.equals(second)).toBe(true);
  });
});

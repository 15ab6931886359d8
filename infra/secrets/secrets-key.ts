import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document, DocumentStore } from '../../contracts/documents.js';
import { SandboxError } from '../../contracts/problems.js';
import { errorCode } from '../error-facts.js';

const FILE = 'secrets.key';

/**
 * The key in a file of the data folder, which only its owner may read. Made once. It protects an export or a copy of
 * the database without the folder, and nothing against whoever can read the folder.
 * Raises GSB-CFG-005 when the file holds no key.
 */
export async function keyInFolder(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, FILE);
  const known = await readKey(path);
  if (known !== undefined) return known;
  // Written whole before it has its name: whoever comes at the same moment reads a whole key.
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readKey(path);
  if (made === undefined) throw new Error(`${path} vanished while it was written`);
  return made;
}

async function readKey(path: string): Promise<Buffer | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32)
    throw new SandboxError('GSB-CFG-005', {
      detail: `${path} holds no key. Without it the stored secrets cannot be read: put the right file back, or remove it and set the secrets again.`,
    });
  await chmod(path, 0o600);
  return key;
}

interface KeyDocument extends Document {
  readonly value: string;
}

/**
 * The key beside the data, for several processes that share a database and no folder. It protects a dump of the
 * secrets alone, and nothing against whoever can read the database: SANDBOX_SECRETS_KEY is for that.
 */
export async function keyInDocuments(documents: DocumentStore): Promise<Buffer> {
  const collection = documents.collection<KeyDocument>('secrets');
  await collection.insert({ _id: 'workspace-secrets-key', value: randomBytes(32).toString('base64') });
  return Buffer.from((await collection.get('workspace-secrets-key'))?.doc.value ?? '', 'base64');
}

import { copyFile, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentStore } from '../../contracts/documents.js';
import { KEY_COLLECTION, KEY_DOCUMENT } from './contents.js';

/**
 * The key that opens the workspaces' secrets, as its place holds it (32 bytes in base64): `secrets.key` in the data
 * folder, or a document where the documents are in MongoDB. Undefined when there is none yet.
 */
export interface KeyPlace {
  read(): Promise<string | undefined>;
  write(key: string): Promise<void>;
}

export function keyInDataFolder(dataDir: string): KeyPlace {
  const path = join(dataDir, 'secrets.key');
  return {
    read: () => textIn(path),
    write: async (key) => {
      const present = await textIn(path);
      if (present === key) return;
      if (present !== undefined) await copyFile(path, `${path}.${Date.now()}`);
      await writeFile(`${path}.new`, `${key}\n`, { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
  };
}

export function keyInCollection(documents: DocumentStore): KeyPlace {
  const collection = documents.collection<{ readonly _id: string; readonly value: string }>(KEY_COLLECTION);
  return {
    read: async () => (await collection.get(KEY_DOCUMENT))?.doc.value,
    write: async (value) => {
      await collection.put({ _id: KEY_DOCUMENT, value });
    },
  };
}

/** The key beside a backup, in a file of its own: whoever has both reads the secrets. */
export function keyFileOf(backup: string): string {
  return `${backup}.key`;
}

export async function readKeyFile(backup: string): Promise<string | undefined> {
  return textIn(keyFileOf(backup));
}

export async function writeKeyFile(backup: string, key: string): Promise<void> {
  await writeFile(keyFileOf(backup), `${key}\n`, { mode: 0o600 });
}

async function textIn(path: string): Promise<string | undefined> {
  if ((await stat(path).catch(() => undefined)) === undefined) return undefined;
  return (await readFile(path, 'utf8')).trim();
}

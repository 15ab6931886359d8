import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Document, DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Json } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { LARGEST_SECRET, secretNameSchema, type Secrets } from '../../contracts/secrets.js';

interface SecretDocument extends Document {
  /** `<workspace>/<name>` */
  readonly _id: string;
  /** Initialisation vector, authentication tag and text, each in base64. */
  readonly iv: string;
  readonly tag: string;
  readonly sealed: string;
}

const ALGORITHM = 'aes-256-gcm';

/**
 * Secrets in the document store, each sealed with AES-256-GCM under its own random vector. Workspace and name are
 * sealed in, so that one secret's text cannot be put in the place of another. `key` has 32 bytes.
 */
export function createEncryptedSecrets(documents: DocumentStore, key: Buffer): Secrets {
  const collection = documents.collection<SecretDocument>('workspace-secrets');
  return {
    resolve: async (workspace, names) => {
      const ids = new Map(names.map((name) => [idOf(workspace, name), name]));
      const found = await collection.getMany([...ids.keys()]);
      return Object.fromEntries(found.map(({ doc }) => [ids.get(doc._id) ?? doc._id, open(key, doc)]));
    },
    set: async (workspace, name, value) => {
      const parsed = secretNameSchema.safeParse(name);
      if (!parsed.success)
        throw new SandboxError('GSB-REQ-001', {
          detail: `The name of a secret: ${parsed.error.issues[0]?.message ?? 'it is none'}.`,
        });
      const text = Buffer.from(JSON.stringify(value), 'utf8');
      if (text.length > LARGEST_SECRET)
        throw new SandboxError('GSB-REQ-001', {
          detail: `The secret ${name} has ${text.length} bytes; at most ${LARGEST_SECRET} are kept.`,
        });
      await collection.put(seal(key, idOf(workspace, name), text));
    },
    remove: (workspace, name) => collection.delete(idOf(workspace, name)),
    list: async (workspace) => {
      const prefix = `${workspace}/`;
      const found = await collection.find({ idPrefix: prefix });
      return found.map(({ doc }) => doc._id.slice(prefix.length));
    },
  };
}

function idOf(workspace: WorkspaceId, name: string): string {
  return `${workspace}/${name}`;
}

function seal(key: Buffer, id: string, text: Buffer): SecretDocument {
  const iv = randomBytes(12);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  return {
    _id: id,
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    sealed: sealed.toString('base64'),
  };
}

function open(key: Buffer, { _id, iv, tag, sealed }: SecretDocument): Json {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(iv, 'base64'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(_id)).setAuthTag(Buffer.from(tag, 'base64'));
    const text = Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as Json;
  } catch (cause) {
    throw new SandboxError('GSB-CFG-001', {
      detail: `SANDBOX_SECRETS_KEY: the secret ${_id} was written with another key, or was changed. Start with the key it was written with, or set the secret again.`,
      cause,
    });
  }
}

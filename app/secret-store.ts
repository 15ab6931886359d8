import { fileURLToPath } from 'node:url';
import type { DocumentStore } from '../contracts/documents.js';
import type { Logger } from '../contracts/logger.js';
import type { Secrets } from '../contracts/secrets.js';
import { createEncryptedSecrets } from '../infra/secrets/encrypted-secrets.js';
import { keyInDocuments, keyInFolder } from '../infra/secrets/secrets-key.js';
import { openStorage } from '../infra/storage.js';
import type { SandboxConfig } from './config.js';
import { projectFile } from './project-file.js';

/** The workspaces' secrets, under SANDBOX_SECRETS_KEY, or under a key that is made once and kept beside the data. */
export async function openSecretStore(
  config: Pick<SandboxConfig, 'secretsKey' | 'mongodbUri' | 'dataDir'>,
  documents: DocumentStore,
): Promise<Secrets> {
  const key =
    config.secretsKey ??
    (config.mongodbUri === undefined ? await keyInFolder(config.dataDir) : await keyInDocuments(documents));
  return createEncryptedSecrets(documents, key);
}

/** The secrets without the sandbox: for the command line. Raises GSB-CFG-003 while a sandbox uses the data folder. */
export async function withSecretStore<T>(
  config: SandboxConfig,
  logger: Logger,
  use: (secrets: Secrets) => Promise<T>,
): Promise<T> {
  const storage = await openStorage({
    redisUrl: config.redisUrl,
    mongoUri: config.mongodbUri,
    dataDir: config.dataDir,
    templateFile: fileURLToPath(projectFile('dist/database-template.tar.gz')),
    logger,
  });
  try {
    return await use(await openSecretStore(config, storage.documents));
  } finally {
    await storage.close();
  }
}

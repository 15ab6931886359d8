import { fileURLToPath } from 'node:url';
import { DEFAULT_WORKSPACE } from '../contracts/ids.js';
import type { Logger } from '../contracts/logger.js';
import { openStorage } from '../infra/storage.js';
import { createMemberKeys } from '../mocks/information-mediator/member-key.js';
import type { SandboxConfig } from './config.js';
import { projectFile } from './project-file.js';
import { openSecrets } from './secrets.js';

/**
 * The key with which a member of the mediator's directory proves itself from outside. It hangs on the installation's
 * secret, so the data must be there. Raises GSB-CFG-003 while a sandbox uses the data folder.
 */
export async function readMemberKey(config: SandboxConfig, logger: Logger, client: string): Promise<string> {
  const storage = await openStorage({
    redisUrl: config.redisUrl,
    mongoUri: config.mongodbUri,
    dataDir: config.dataDir,
    templateFile: fileURLToPath(projectFile('dist/database-template.tar.gz')),
    logger,
  });
  try {
    const { digest } = await openSecrets(storage.documents);
    return createMemberKeys(digest.keyed('members')).keyOf(DEFAULT_WORKSPACE, client);
  } finally {
    await storage.close();
  }
}

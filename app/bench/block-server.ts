import { fileURLToPath } from 'node:url';
import { silentLogger } from '../../contracts/logger.js';
import { openEmbeddedStorage } from '../../infra/storage.js';
import { startMockServer } from '../mock-server.js';
import { projectFile } from '../project-file.js';

/**
 * One building block in a process of its own, as `sandbox mock` serves it; the parent is told where. With a folder as
 * argument its state lies there, in the embedded database; without one in memory.
 */
const [, , dataDir] = process.argv;
const storage =
  dataDir === undefined
    ? undefined
    : await openEmbeddedStorage({
        dataDir,
        templateFile: fileURLToPath(projectFile('dist/database-template.tar.gz')),
        logger: silentLogger,
      });
const server = await startMockServer({
  block: 'digital-registries',
  port: 0,
  host: '127.0.0.1',
  seed: 'compliance',
  ...(storage === undefined ? {} : { documents: storage.documents }),
  realClock: { now: () => new Date() },
  logger: silentLogger,
});
process.on('disconnect', () => {
  void server
    .close()
    .then(() => storage?.close())
    .finally(() => process.exit());
});
process.send?.({ origin: server.origin, openapi: server.openapi });

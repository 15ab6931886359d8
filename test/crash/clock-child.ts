import { readConfig } from '../../app/config.js';
import { startSandbox } from '../../app/sandbox.js';
import { silentLogger } from '../../contracts/logger.js';

/** The sandbox over a use case folder that a test wrote; prints a line when it is ready. */
const [dataDir = '', port = '', useCaseFolder = ''] = process.argv.slice(2);
await startSandbox({
  config: readConfig({}, { dataDir, port: Number(port) }),
  logger: silentLogger,
  useCaseFolder,
});
process.stdout.write('ready\n');

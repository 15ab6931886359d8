import { readConfig } from '../../app/config.js';
import { readMemberKey } from '../../app/project.js';
import { startSandbox } from '../../app/sandbox.js';
import { silentLogger } from '../../contracts/logger.js';

/** A sandbox in a process of its own, as another ministry runs one. Prints `{origin, key}`: the key of the member named. */
const [dataDir = '', port = '', client = ''] = process.argv.slice(2);
const config = readConfig({}, { dataDir, port: Number(port) });
const key = await readMemberKey(config, silentLogger, client);
const { origin } = await startSandbox({ config, logger: silentLogger });
process.stdout.write(`${JSON.stringify({ origin, key })}\n`);

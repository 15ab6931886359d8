#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { SandboxError } from '../contracts/problems.js';
import { doctor } from './commands/doctor.js';
import { reset } from './commands/reset.js';
import { run } from './commands/run.js';
import { up } from './commands/up.js';
import { validate } from './commands/validate.js';
import { worker } from './commands/worker.js';

/** Exit codes: 0 done, 1 it ended otherwise than expected, 2 wrong usage, 3 the sandbox could not start. */
const number = (value: string): number => {
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 0) throw new InvalidArgumentError('It must be a whole number.');
  return parsed;
};

const program = new Command('sandbox')
  .description('The GovStack sandbox: whole-of-government use cases, end to end. Training, not real.')
  .version('0.1.0')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program
  .command('up')
  .description('starts the sandbox; the first start plays the demo')
  .option('--port <number>', 'port to listen on', number)
  .option('--data <folder>', 'data folder')
  .option('--demo', 'play the demo, also when this is not the first start')
  .option('--no-demo', 'do not play the demo')
  .option('--exit', 'end after the demo')
  .option('--json', 'print JSON lines')
  .action(up);

program
  .command('worker')
  .description(
    'advances runs beside a running `sandbox up`: needs the same REDIS_URL and MONGODB_URI, and SANDBOX_SERVER_URL where that is not PUBLIC_URL',
  )
  .option('--json', 'print JSON lines')
  .action(worker);

program
  .command('run')
  .argument('<use-case>', 'id of the use case, such as usct')
  .description('plays a scenario, or runs a cohort of households')
  .option('--scenario <name>', 'the scenario; the use case names a default one')
  .option('--all', 'plays all scenarios, one after the other')
  .option(
    '--cohort <rows>',
    'runs that many synthetic households and compares each with its expected outcome',
    number,
  )
  .option('--seed <number>', 'seed of the cohort', number)
  .option('--port <number>', 'port to listen on', number)
  .option('--data <folder>', 'data folder; a temporary one when absent')
  .option('--json', 'print the report as JSON')
  .action(run);

program
  .command('validate')
  .argument('<file>', 'a workflow document, or the folder of a use case')
  .description('checks a workflow document or a use case')
  .option('--json', 'print the result as JSON')
  .action(validate);

program
  .command('doctor')
  .description('looks whether this machine can run the sandbox')
  .option('--port <number>', 'port to check', number)
  .option('--data <folder>', 'data folder')
  .option('--json', 'print the result as JSON')
  .action(doctor);

program
  .command('reset')
  .description('sets the data folder aside and starts afresh next time')
  .option('--data <folder>', 'data folder')
  .option('--json', 'print the result as JSON')
  .action(reset);

try {
  process.exitCode = 0;
  await program.parseAsync();
} catch (error) {
  const known = error instanceof SandboxError ? error : undefined;
  const json = process.argv.includes('--json');
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ error: known === undefined ? { detail: String(error) } : { code: known.code, title: known.title, detail: known.detail, fix: known.fix } })}\n`,
    );
  } else if (known === undefined) {
    process.stderr.write(
      `The sandbox failed unexpectedly: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  } else {
    process.stderr.write(`${known.title}. ${known.detail}\n→ ${known.fix} [${known.code}]\n`);
  }
  process.exitCode = known !== undefined && known.code.startsWith('GSB-CFG') ? 3 : 1;
  process.exit();
}

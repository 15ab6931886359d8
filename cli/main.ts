#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { SandboxError } from '../contracts/problems.js';
import { bench } from './commands/bench.js';
import { ctk } from './commands/ctk.js';
import { clock } from './commands/clock.js';
import { doctor } from './commands/doctor.js';
import { mock } from './commands/mock.js';
import { createUseCase } from './commands/new.js';
import { grantRight, listRights, restoreRights, revokeRight } from './commands/rights.js';
import { reset } from './commands/reset.js';
import { run } from './commands/run.js';
import { listSecrets, removeSecret, setSecret } from './commands/secret.js';
import { state } from './commands/state.js';
import { up } from './commands/up.js';
import { validate } from './commands/validate.js';
import { verify } from './commands/verify.js';
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
  .option('--watch', 'load a use case again when its files change')
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
  .description('says everything that is wrong or doubtful about a workflow document or a use case')
  .option('--json', 'print the result as JSON')
  .action(validate);

program
  .command('ctk')
  .argument(
    '<folder>',
    'a folder of Gherkin features, such as the conformance kit of the workflow specification',
  )
  .description('plays conformance features against the workflow runtime, without a network')
  .option('--only <name>', 'plays only the scenario of this name')
  .option('--junit <file>', 'writes a JUnit report too')
  .option('--json', 'print the result as JSON')
  .action(ctk);

program
  .command('clock')
  .description('tells what time it is in a running sandbox, and moves, freezes or unfreezes its clock')
  .option('--by <duration>', 'moves it forward by an ISO 8601 duration, such as P2M or PT6H')
  .option('--to <instant>', 'moves it forward to an instant, such as 2026-03-01T08:00:00Z')
  .option('--next', 'moves it to whatever falls due next')
  .option('--freeze', 'lets time stand still')
  .option('--unfreeze', 'lets time go on from where it stands')
  .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
  .option('--json', 'print the answer as JSON')
  .action(clock);

program
  .command('new')
  .argument('<id>', 'id of the new use case, such as market-permit')
  .description('writes a small, complete use case to begin with')
  .option('--title <text>', 'its title; made of the id when absent')
  .option('--dir <folder>', 'where the folder is made', 'usecases')
  .option('--json', 'print the result as JSON')
  .action(createUseCase);

program
  .command('mock')
  .argument('<block>', 'a building block, such as digital-registries')
  .description('serves one building block at the root path, in memory and without sign-in')
  .option('--port <number>', 'port to listen on', number, 3333)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--seed <name>', 'what it begins with, such as compliance; empty when absent')
  .option('--json', 'print where it answers as JSON')
  .action(mock);

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

program
  .command('bench')
  .argument('[suite]', 'workflows, map, expressions or usct; all of them when absent')
  .description('measures the speed of this machine, each figure with a floor of the same minute')
  .option('--runs <number>', 'how often each figure is measured; the median counts', number, 5)
  .addOption(
    new Option('--profile <profile>', 'what carries journal and queues')
      .choices(['embedded', 'services'])
      .default('services'),
  )
  .option('--quick', 'a short look, whose figures mean little')
  .option('--json', 'print the figures as JSON')
  .action(bench);
const secret = program.command('secret').description('keeps what workflows prove themselves with');
for (const [command, action] of [
  [secret.command('set').description('stores a secret, from the standard input or a file'), setSecret],
  [secret.command('remove').description('removes a secret'), removeSecret],
] as const)
  command.argument('<name>', 'name of the secret, as in use.secrets').action(action);
secret.command('list').description('lists the names of the secrets').action(listSecrets);
for (const command of secret.commands)
  command
    .option('--data <folder>', 'data folder, which no running sandbox uses')
    .option('--url <address>', 'a running sandbox instead; SANDBOX_TOKEN holds the bearer token')
    .option('--json', 'print the result as JSON');
secret.commands[0]?.option('--file <path>', 'read the value from a file');

program
  .command('state')
  .argument('<block>', 'a building block, such as payments')
  .argument('[collection]', 'one of its collections; all of them are listed when absent')
  .description('looks into what a mock of a running sandbox knows, and changes it')
  .option('--get <id>', 'prints a document with its version')
  .option('--put <file>', 'writes what --get printed, edited, or a new document with its _id')
  .option('--delete <id>', 'removes a document')
  .option('--export <file>', 'writes the whole state into a file')
  .option('--import <file>', 'replaces the collections that the file names')
  .option('--reset', 'empties the block and seeds it again')
  .option('--text <text>', 'only documents that contain this text')
  .option('--limit <number>', 'how many documents are listed; 50 when absent', number)
  .option('--after <id>', 'goes on behind this id')
  .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
  .option('--json', 'print the answer as JSON')
  .action(state);

const rights = program.command('rights').description('who may call what at the information mediator');
rights.command('list').description('lists the access rights and their changes').action(listRights);
for (const [command, action] of [
  [rights.command('revoke').description('takes a right away: runs that need it fault'), revokeRight],
  [rights.command('grant').description('gives a right back'), grantRight],
] as const)
  command
    .argument('<right>', 'its id, or its service where that is enough, such as tax')
    .option('--operation <names...>', 'only these operations')
    .action(action);
rights.command('restore').description('goes back to what the use cases declare').action(restoreRights);
for (const command of rights.commands)
  command
    .option('--why <text>', "the reason, for the workspace's log")
    .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
    .option('--json', 'print the result as JSON');

program
  .command('verify')
  .description('checks the hash chain of the message log, and names the first broken record')
  .option('--from <record>', 'begins with the seal that covers this record', number)
  .option('--file <path>', 'checks an exported log, without a sandbox')
  .option('--export <path>', 'writes the log of the running sandbox into a file, without bodies')
  .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
  .option('--json', 'print the result as JSON')
  .action(verify);

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

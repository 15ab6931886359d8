#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { callbackStates } from '../contracts/callbacks.js';
import { faultKinds, malformations } from '../contracts/faults.js';
import { SandboxError } from '../contracts/problems.js';
import { bench } from './commands/bench.js';
import { listCallbacks, replayCallback, showCallback } from './commands/callbacks.js';
import { conformance } from './commands/conformance.js';
import { ctk } from './commands/ctk.js';
import { bind } from './commands/bind.js';
import { blocks } from './commands/blocks.js';
import { clock } from './commands/clock.js';
import { addDataCommands } from './commands/data-commands.js';
import { doctor } from './commands/doctor.js';
import { addMediatorCommands } from './commands/mediator-commands.js';
import { login, logout } from './commands/login.js';
import { memberKey } from './commands/member-key.js';
import { fault } from './commands/fault.js';
import { journal } from './commands/journal.js';
import { mock } from './commands/mock.js';
import { createUseCase } from './commands/new.js';
import { reset } from './commands/reset.js';
import { run } from './commands/run.js';
import { listSecrets, removeSecret, setSecret } from './commands/secret.js';
import { state } from './commands/state.js';
import { up } from './commands/up.js';
import { validate } from './commands/validate.js';
import { worker } from './commands/worker.js';
import { addWorkspaceCommands } from './commands/workspace-commands.js';

/** Exit codes: 0 done, 1 it ended otherwise than expected, 2 wrong usage, 3 the sandbox could not start. */
const number = (value: string): number => {
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 0) throw new InvalidArgumentError('It must be a whole number.');
  return parsed;
};

const several = (value: string, before: readonly string[]): readonly string[] => [...before, value];
/** Any number that is not negative. */
const amount = (value: string): number => {
  if (value === '' || !(Number(value) >= 0)) throw new InvalidArgumentError('It must be a number.');
  return Number(value);
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
  .option('--share', 'opens it to the network of a classroom: see what it prints')
  .option('--json', 'print JSON lines')
  .action(up);

for (const [name, description, action] of [
  ['login', 'signs in at a running sandbox, in a browser on any device', login],
  ['logout', 'forgets that sign-in', logout],
] as const)
  program
    .command(name)
    .description(description)
    .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
    .option('--json', 'print JSON lines')
    .action(action);

program
  .command('worker')
  .description(
    'advances runs beside a running `sandbox up`: needs the same REDIS_URL and MONGODB_URI, and SANDBOX_SERVER_URL where that is not PUBLIC_URL',
  )
  .option('--metrics-port <number>', 'answers /health, /ready and /metrics there', number)
  .option('--metrics-host <address>', 'address of that port', '127.0.0.1')
  .option('--json', 'print JSON lines')
  .action(worker);

program
  .command('blocks')
  .description(
    'the building blocks in a process of their own, for a `sandbox up` whose SANDBOX_BLOCKS_URL names it: needs the same REDIS_URL and MONGODB_URI, and SANDBOX_SERVER_URL',
  )
  .option('--port <number>', 'port to listen on; PORT or 4001 when absent', number)
  .option('--json', 'print JSON lines')
  .action(blocks);

program
  .command('run')
  .argument('<use-case>', 'id of the use case, such as usct')
  .description('plays a scenario, or runs a cohort of households')
  .option('--scenario <name>', 'the scenario; the use case names a default one')
  .option('--country <id>', 'empties the workspace and begins anew in that country, such as lakes')
  .option('--all', 'plays all scenarios, one after the other')
  .option(
    '--coverage [percent]',
    'prints which tasks and branches they came to; fails below that percentage of either',
  )
  .option(
    '--cohort <rows>',
    'runs that many synthetic households and compares each with its expected outcome',
    number,
  )
  .option('--seed <number>', 'seed of the cohort', number)
  .option(
    '--bind <binding>',
    'another system in the place of a mock, as payments=https://pay.example or payments=spy:https://...; says whether it carries the use case',
    several,
    [],
  )
  .option('--port <number>', 'port to listen on', number)
  .option('--data <folder>', 'data folder; a temporary one when absent')
  .option('--workspace <id>', 'one of its workspaces; SANDBOX_WORKSPACE or the default one when absent')
  .option('--json', 'print the report as JSON')
  .action(run);

program
  .command('validate')
  .argument('<file>', 'a workflow document, the folder of a use case, or that of shared parts')
  .description('says everything that is wrong or doubtful about a document or a folder of them')
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
  .option('--workspace <id>', 'the workspace; SANDBOX_WORKSPACE or the default one when absent')
  .option('--json', 'print the answer as JSON')
  .action(clock);

program
  .command('bind')
  .argument('<block>', 'a building block, such as payments')
  .description('shows, compares and switches what stands behind a block of a running sandbox')
  .option('--real <address>', 'the real system at this address')
  .option('--spy <address>', 'that system first, the mock where it certainly did nothing')
  .option('--mock', 'the mock')
  .option('--reset', 'takes the binding away: the next wider one counts')
  .option('--list', 'shows the bindings; so does no option at all')
  .option('--operation <id>', 'only this operation of the block')
  .option('--service <path>', 'only this service: INSTANCE/CLASS/MEMBER/APPLICATION/SERVICE')
  .addOption(new Option('--auth <scheme>', 'how to prove').choices(['basic', 'bearer', 'oauth2']))
  .option('--secret <name>', 'the secret of the workspace that proves it')
  .option('--header <text>', 'adds a header, as "name: value"', several, [])
  .option('--secret-header <text>', 'adds a header from a secret, as "name: secret"', several, [])
  .option('--rename-header <text>', 'renames a header, as from=to', several, [])
  .option('--remove-header <name>', 'takes a header away', several, [])
  .option('--rewrite <text>', 'another path there, as /ours/{id}=/theirs/{id}', several, [])
  .addOption(new Option('--dialect <name>', "the older paths of the block's document").choices(['older']))
  .option('--timeout <duration>', 'how long to wait for an answer, such as 5s')
  .option('--ca <secret>', 'the secret with the certificate authority (PEM)')
  .option('--certificate <secret>', 'the secret with the client certificate (PEM)')
  .option('--key <secret>', 'the secret with its key (PEM)')
  .option('--document <address>', "where the candidate's OpenAPI document is; looked for when absent")
  .option('--check', 'only compares the contracts; exit code 1 when something would break')
  .option('--force', 'switches although something would break')
  .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
  .option('--json', 'print the answer as JSON')
  .action(bind);

program
  .command('fault')
  .argument('<block>', 'a building block, such as payments')
  .description('breaks a block of a running sandbox, mends it, or lists what is broken')
  .addOption(new Option('--kind <kind>', 'what breaks').choices(faultKinds))
  .option('--operation <id>', 'only this operation, or this callback; all of them when absent')
  .option('--client <path>', 'only requests of this client: instance/class/member/application')
  .option('--status <status>', 'status of an error; 503 when absent', number)
  .option('--body <json>', 'body of an error; in the shape of the block when absent')
  .option('--ms <milliseconds>', 'fixed latency, or how long a slow body or a held callback takes', amount)
  .option('--least <milliseconds>', 'latency between this', amount)
  .option('--most <milliseconds>', 'and that', amount)
  .option('--median <milliseconds>', 'lognormal latency: half of the requests are faster', amount)
  .option('--p95 <milliseconds>', '95 of 100 requests are faster', amount)
  .addOption(new Option('--how <way>', 'how an answer is malformed').choices(malformations))
  .option('--copies <number>', 'how many more times a callback is delivered', number)
  .option('--times <number>', 'strikes so often, then no more', number)
  .option('--probability <share>', 'strikes so large a share of the requests, such as 0.2', amount)
  .option('--seed <number>', 'strikes the same requests in every repetition', number)
  .option('--for <duration>', 'ends after this much real time, such as 10m')
  .option('--list', 'lists the faults that are on; so without any option')
  .option('--off <id>', 'switches one fault off')
  .option('--clear', 'switches all faults of the block off')
  .option('--workspace <id>', 'the workspace; SANDBOX_WORKSPACE or the default one when absent')
  .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
  .option('--json', 'print the answer as JSON')
  .action(fault);

const callbacks = program.command('callbacks').description('what the blocks sent to whoever they call back');
callbacks
  .command('list', { isDefault: true })
  .description('lists them, newest first')
  .option('--block <block>', 'only those of this block')
  .addOption(new Option('--state <state>', 'only those in this state').choices(callbackStates))
  .option('--limit <number>', 'at most so many', number)
  .action(listCallbacks);
callbacks
  .command('show')
  .argument('<id>', 'id of the callback')
  .description('shows one with its attempts and its body')
  .action(showCallback);
callbacks
  .command('replay')
  .argument('<id>', 'id of the callback')
  .description('delivers one once more, with the same id and body')
  .action(replayCallback);
for (const command of callbacks.commands)
  command
    .option('--workspace <id>', 'the workspace; SANDBOX_WORKSPACE or the default one when absent')
    .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
    .option('--json', 'print the answer as JSON');

program
  .command('state')
  .argument('<block>', 'id of the building block, such as payments')
  .description('shows, edits, exports, imports or resets what a building block of a running sandbox keeps')
  .option(
    '--collection <name>',
    'the documents of this collection; the collections and their sizes when absent',
  )
  .option('--text <text>', 'only documents in which this text occurs')
  .option('--after <id>', 'goes on behind this document')
  .option('--limit <number>', 'how many documents at most', number)
  .option('--put <id>', 'writes a document, from --file')
  .option('--file <file>', 'the document to write, as JSON')
  .option('--delete <id>', 'removes a document')
  .option('--export <file>', 'writes everything into a file')
  .option('--import <file>', 'writes what is in the file')
  .option('--replace', 'with --import: what was there goes')
  .option('--reset', 'empties the block and seeds it anew')
  .option('--workspace <id>', 'the workspace; SANDBOX_WORKSPACE or the default one when absent')
  .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
  .option('--json', 'print the answer as JSON')
  .action(state);

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
  .option('--journal', 'print a line for each request')
  .option('--json', 'print where it answers as JSON')
  .action(mock);

program
  .command('member-key')
  .argument('<client>', 'a member of the mediator, such as SANDBOX/GOV/MSW/USCT')
  .description('prints the key with which that member calls services here from another installation')
  .option('--data <folder>', 'data folder, which no running sandbox uses')
  .option('--json', 'print the key as JSON')
  .action(memberKey);

program
  .command('journal')
  .argument('<block>', 'a building block, such as payments')
  .description('shows what a building block of a running sandbox was asked and what it answered, newest last')
  .option('--follow', 'go on with what comes, until it is stopped')
  .option('--operation <id>', 'only this operation')
  .option('--status <status>', 'only this status, such as 404 or 4xx; 0 is: no answer')
  .option('--rule <rule>', 'only answers by this rule, such as invalid-request or fault')
  .option('--text <text>', 'only requests in which this text is found')
  .option('--since <instant>', 'only from this instant on')
  .option('--limit <number>', 'how many, at most 500', number, 50)
  .option('--workspace <id>', 'the workspace; SANDBOX_WORKSPACE or the default one when absent')
  .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
  .option('--json', 'print an entry for each line as JSON')
  .action(journal);

program
  .command('conformance')
  .argument('<block>', 'a building block, such as payments')
  .description('checks any implementation of a building block over HTTP')
  .requiredOption('--url <address>', 'where the candidate answers')
  .option('--profile <name>', 'a part of the block, such as payments/g2p')
  .option(
    '--fixtures <file>',
    'YAML file with what the candidate knows, laid over the values of our own seeds',
  )
  .option('--auth <credentials>', "'bearer TOKEN', 'basic USER:PASSWORD' or 'header NAME: VALUE'")
  .option('--callback-url <address>', 'how the candidate reaches this machine; its port is listened on')
  .option('--other-url <address>', 'where the candidate answers as another tenant')
  .option('--fail-fast', 'ends with the first check that fails')
  .option('--read-only', 'sends nothing that could write')
  .option('--extensions', 'checks also what this sandbox adds to the specification')
  .addOption(
    new Option('--dialect <dialect>', 'which spelling of the specification')
      .choices(['published', 'older'])
      .default('published'),
  )
  .option('--patience <seconds>', 'how long callbacks and later effects may take; 10 when absent', number)
  .option('--json [file]', 'writes the report as JSON; prints it when no file is given')
  .option('--junit <file>', 'writes a JUnit report')
  .option('--html <file>', 'writes a report as one page')
  .action(conformance);

program
  .command('doctor')
  .description('looks whether this machine can run the sandbox')
  .option('--port <number>', 'port to check', number)
  .option('--data <folder>', 'data folder')
  .option('--json', 'print the result as JSON')
  .action(doctor);

program
  .command('reset')
  .description('sets the data folder aside and starts afresh next time; or empties one workspace')
  .option('--data <folder>', 'data folder')
  .option('--workspace <id>', 'only this workspace, in a running sandbox')
  .option('--country <id>', 'the country in which the workspace begins anew, such as lakes')
  .option('--url <address>', 'where that sandbox answers; http://localhost:4000 when absent')
  .option('--json', 'print the result as JSON')
  .action(reset);

program
  .command('bench')
  .argument('[suite]', 'workflows, map, expressions, blocks or usct; all of them when absent')
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
    .option('--workspace <id>', 'the workspace; SANDBOX_WORKSPACE or the default one when absent')
    .option('--json', 'print the result as JSON');
secret.commands[0]?.option('--file <path>', 'read the value from a file');

addDataCommands(program);
addWorkspaceCommands(program);
addMediatorCommands(program);

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

import { InvalidArgumentError, type Command } from 'commander';
import { grantRight, listRights, restoreRights, revokeRight } from './rights.js';
import { audit } from './audit.js';
import { verify } from './verify.js';

/** `sandbox rights ...` and `sandbox verify`: the information mediator of a running sandbox. */
export function addMediatorCommands(program: Command): void {
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
  rights
    .command('restore')
    .description('goes back to what the use cases and the configuration say')
    .action(restoreRights);
  for (const command of rights.commands)
    remote(command.option('--why <text>', "the reason, for the workspace's log"));

  remote(
    program
      .command('verify')
      .description('checks the hash chain of the message log, and names the first broken record')
      .option('--from <record>', 'begins with the seal that covers this record', recordNumber)
      .option('--file <path>', 'checks an exported log, without a sandbox')
      .option('--export <path>', 'writes the log of the running sandbox into a file, without bodies')
      .action(verify),
  );
  remote(
    program
      .command('audit')
      .description(
        'lists who changed what in a running sandbox, newest last; or checks the chain of that log',
      )
      .option(
        '--of <log>',
        'workspace; installation, or the id of a workspace that is gone (an administrator, by --as)',
        'workspace',
      )
      .option('--subject <name>', 'only changes by this subject or user name')
      .option('--action <text>', 'only actions that begin so, such as "POST /runs"')
      .option('--since <instant>', 'only from this instant of real time on')
      .option('--until <instant>', 'only before this instant of real time')
      .option('--after <entry>', 'goes on with what is older than this entry', recordNumber)
      .option('--limit <number>', 'how many, at most 500', recordNumber, 50)
      .option('--as <persona>', 'who asks; the first trainer when absent')
      .option('--check', 'recomputes the whole chain; exit code 1 when it is broken')
      .action(audit),
  );
}

function remote(command: Command): void {
  command
    .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
    .option('--workspace <id>', 'the workspace; SANDBOX_WORKSPACE or the default one when absent')
    .option('--json', 'print the result as JSON');
}

function recordNumber(value: string): number {
  const record = Number(value);
  if (!Number.isSafeInteger(record) || record < 1)
    throw new InvalidArgumentError('It must be the number of a record, from 1 on.');
  return record;
}

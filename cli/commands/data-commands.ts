import { Option, type Command } from 'commander';
import { erase } from './erase.js';
import { backup, migrate, restoreBackup } from './backup.js';

/** What is done to the data of a whole installation. */
export function addDataCommands(program: Command): void {
  program
    .command('backup')
    .argument('<file>', 'the file that is written')
    .description('backs up the whole installation: all workspaces, people, runs, messages')
    .option('--data <folder>', 'data folder, which no running sandbox uses')
    .option(
      '--url <address>',
      'a running sandbox instead; SANDBOX_TOKEN holds an administrator’s bearer token',
    )
    .option('--json', 'print the result as JSON')
    .action(backup);
  program
    .command('restore')
    .argument('<file>', 'a backup')
    .description('puts a backup in the place of what a stopped installation holds')
    .option('--data <folder>', 'data folder, which no running sandbox uses')
    .option('--replace', 'also when something is there already')
    .option('--json', 'print the result as JSON')
    .action(restoreBackup);
  program
    .command('migrate')
    .description(
      'copies a stopped installation from one profile to the other: REDIS_URL and MONGODB_URI name the services',
    )
    .addOption(
      new Option('--to <profile>', 'where to').choices(['services', 'embedded']).makeOptionMandatory(),
    )
    .option('--data <folder>', 'data folder, which no running sandbox uses')
    .option('--replace', 'also when something is there already')
    .option('--json', 'print the result as JSON')
    .action(migrate);
  program
    .command('erase')
    .argument('<person>', 'reference of the person, as cases have it')
    .description('erases a person from a workspace of a running sandbox; it cannot be taken back')
    .requiredOption('--reason <text>', 'why; it is written down')
    .option(
      '--url <address>',
      'where the sandbox answers; SANDBOX_TOKEN holds an administrator’s bearer token',
    )
    .option('--workspace <id>', 'the workspace; SANDBOX_WORKSPACE or the default one when absent')
    .option('--json', 'print the result as JSON')
    .action(erase);
}

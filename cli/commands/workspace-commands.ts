import type { Command } from 'commander';
import {
  createWorkspace,
  exportWorkspace,
  importWorkspace,
  joinWorkspace,
  listWorkspaces,
  removeWorkspace,
  restoreSnapshot,
  showWorkspace,
  takeSnapshot,
} from './workspace.js';

/** `sandbox workspace ...`: all of a running sandbox. */
export function addWorkspaceCommands(program: Command): void {
  const workspace = program
    .command('workspace')
    .description('makes, joins, stores, puts back and removes workspaces of a running sandbox');
  workspace
    .command('create')
    .description('makes a workspace with a tree and a join code of its own')
    .argument('<title>', 'what it is called, such as "Room 1"')
    .option('--expires <instant>', "when it is over, on the machine's clock, such as 2026-06-30T18:00:00Z")
    .option('--country <id>', 'the country pack it is in, such as lakes; the first one when absent')
    .option('--locale <tag>', 'language of its people, such as en or ar')
    .option('--seed <name>', 'what it begins with: default or empty')
    .option('--limit <name=number...>', 'a lower limit, such as runs=500')
    .action(createWorkspace);
  workspace.command('list').description('lists the workspaces that one manages').action(listWorkspaces);
  workspace
    .command('show')
    .description('shows a workspace, its join code and its snapshots')
    .argument('<id>', 'id of the workspace')
    .action(showWorkspace);
  workspace
    .command('join')
    .description('tells where the workspace of a join code is')
    .argument('<code>', 'the join code, such as UVMR-TPFA')
    .action(joinWorkspace);
  workspace
    .command('remove')
    .description('removes a workspace with everything in it')
    .argument('<id>', 'id of the workspace')
    .action(removeWorkspace);
  workspace
    .command('snapshot')
    .description('stores everything that is in a workspace')
    .argument('<id>', 'id of the workspace, or default')
    .argument('<name>', 'name of the snapshot, such as before-the-payment')
    .action(takeSnapshot);
  workspace
    .command('restore')
    .description('puts a workspace back to a snapshot')
    .argument('<id>', 'id of the workspace, or default')
    .argument('<name>', 'name of the snapshot')
    .action(restoreSnapshot);
  workspace
    .command('export')
    .description('writes a workspace to a file')
    .argument('<id>', 'id of the workspace, or default')
    .argument('<file>', 'the file, such as room-1.json.gz')
    .option('--payloads', 'with what it says about people')
    .action(exportWorkspace);
  workspace
    .command('import')
    .description('makes a new workspace of an exported file')
    .argument('<file>', 'the file')
    .action(importWorkspace);
  for (const command of workspace.commands)
    command
      .option('--url <address>', 'where the sandbox answers; http://localhost:4000 when absent')
      .option('--as <persona>', 'user name of the persona that does it; the first trainer when absent')
      .option('--json', 'print the result as JSON');
}

import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

interface Task {
  readonly [member: string]: unknown;
  do?: readonly Record<string, Task>[];
  try?: readonly Record<string, Task>[];
  metadata?: { sandbox?: Record<string, unknown> };
}

const USECASES = join(import.meta.dirname, '../../usecases');

/**
 * Copies the use cases into a folder and takes out of the cash transfer what protects its money: nobody asks what
 * became of a batch before it is sent again, and nobody claims a payment before it is made.
 */
export async function copyWithoutProtection(folder: string): Promise<void> {
  await cp(USECASES, folder, { recursive: true });
  await change(join(folder, 'shared/pay-batch/workflow.yaml'), 'sendBatch', (task) => {
    const { unclear, ...sandbox } = task.metadata?.sandbox ?? {};
    if (unclear === undefined)
      throw new Error('sendBatch does not ask what became of it: nothing to take out');
    return { ...task, metadata: { sandbox } };
  });
  await change(join(folder, 'shared/payment-cycle/workflow.yaml'), 'claimPayments', (task) => {
    const { call, with: args, ...rest } = task as { call?: unknown; with?: { keys?: string } };
    if (typeof call !== 'string' || args?.keys === undefined)
      throw new Error('claimPayments claims nothing: nothing to take out');
    return { ...rest, set: `\${ {granted: (${args.keys.trim().slice(2, -1)}), refused: []} }` };
  });
}

async function change(file: string, name: string, edit: (task: Task) => Task): Promise<void> {
  const document = parse(await readFile(file, 'utf8')) as Task;
  let changed = 0;
  const walk = (tasks: readonly Record<string, Task>[]): Record<string, Task>[] =>
    tasks.map((item) =>
      Object.fromEntries(
        Object.entries(item).map(([key, task]) => {
          if (key === name) changed += 1;
          const edited = key === name ? edit(task) : task;
          return [
            key,
            {
              ...edited,
              ...(edited.do === undefined ? {} : { do: walk(edited.do) }),
              ...(edited.try === undefined ? {} : { try: walk(edited.try) }),
            },
          ];
        }),
      ),
    );
  const edited = { ...document, do: walk(document.do ?? []) };
  if (changed !== 1) throw new Error(`${file}: ${changed} tasks are named ${name}`);
  await writeFile(file, stringify(edited, { aliasDuplicateObjects: false }));
}

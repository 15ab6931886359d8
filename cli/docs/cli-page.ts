import { Command } from 'commander';
import { code, page, table } from '../../app/docs/markdown.js';

/** Every command of the command line with its arguments and options, from the program itself. */
export async function cliPage(): Promise<string> {
  const program = await readProgram();
  return page('Command line', '`cli/main.ts`', [
    program.description(),
    'From a checkout, write `npm run sandbox --` for `sandbox`: `npm run sandbox -- run usct`. `npm start` is `sandbox up`, and `npm start -- --exit` hands its options on.',
    ...program.commands.flatMap((command) => sectionOf(command)),
    '## Exit codes',
    table(
      ['Code', 'Meaning'],
      [
        ['0', 'Done'],
        ['1', 'It ended otherwise than expected'],
        ['2', 'The command was not used rightly'],
        ['3', 'The sandbox could not start'],
      ],
    ),
    '## Variables',
    'Ports, folders and services can also be named by variables: see [Run on services](../guides/run-on-services.md).',
  ]);
}

function sectionOf(command: Command, before?: string): string[] {
  const name = before === undefined ? command.name() : `${before} ${command.name()}`;
  const names = command.registeredArguments.map((argument) =>
    argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
  );
  const rows = [
    ...command.registeredArguments.map((argument) => [code(`<${argument.name()}>`), argument.description]),
    ...command.options.map((option) => [code(option.flags), option.description]),
  ];
  const usage = ['sandbox', name, ...names, ...(command.options.length > 0 ? ['[options]'] : [])].join(' ');
  const parts = command.commands.flatMap((part) => sectionOf(part, name));
  if (parts.length > 0) return [`## ${name}`, sentence(command.description()), ...parts];
  return [
    `${before === undefined ? '##' : '###'} ${name}`,
    `${sentence(command.description())} Usage: ${code(usage)}`,
    table(['Argument or option', 'Meaning'], rows),
  ];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** The command line runs as soon as it is imported; what it would run is taken instead. */
async function readProgram(): Promise<Command> {
  const parse = Object.getOwnPropertyDescriptor(Command.prototype, 'parseAsync') ?? {};
  const { exitCode } = process;
  const taken: Command[] = [];
  const take = (program: Command): Promise<Command> => {
    taken.push(program);
    return Promise.resolve(program);
  };
  Object.defineProperty(Command.prototype, 'parseAsync', {
    ...parse,
    value(this: Command) {
      return take(this);
    },
  });
  try {
    await import('../main.js');
  } finally {
    Object.defineProperty(Command.prototype, 'parseAsync', parse);
    process.exitCode = exitCode;
  }
  const [program] = taken;
  if (program === undefined) throw new Error('cli/main.ts made no program');
  return program;
}

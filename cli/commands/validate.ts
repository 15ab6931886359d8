import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import {
  createValidator,
  readSharedParts,
  readTree,
  readCountries,
  readUseCases,
  reuseOf,
  type Reuse,
  type Validation,
} from '../../app/project.js';
import { COUNTRIES } from '../../contracts/country.js';
import { SHARED } from '../../contracts/workflow.js';
import { printDiagnostics } from '../validation/print-diagnostics.js';

interface Checked extends Validation {
  /** Texts by the file that diagnostics name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly summary: string;
  readonly reuse?: ReuseSaid | undefined;
}

/** `both`: tasks of parts that another use case beside it performs, too. */
interface ReuseSaid extends Reuse {
  readonly both: number;
  readonly bothPercent: number;
}

/**
 * `sandbox validate`: a workflow document, or a whole use case with its forms, texts and scenarios. Exit code 0 without
 * errors, 1 with errors, 2 when there is nothing to read.
 */
export async function validate(file: string, options: { readonly json?: boolean }): Promise<void> {
  const path = resolve(file);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    const detail = `There is no file or folder ${file}.`;
    if (options.json === true) process.stdout.write(`${JSON.stringify({ error: { detail } })}\n`);
    else process.stderr.write(`${detail}\n`);
    process.exitCode = 2;
    return;
  }
  const { valid, diagnostics, texts, summary, reuse } = !found.isDirectory()
    ? await validateDocument(path)
    : basename(path) === SHARED
      ? await validateShared(path)
      : basename(path) === COUNTRIES
        ? await validateCountries(path)
        : await validateFolder(path);
  if (options.json === true)
    process.stdout.write(
      `${JSON.stringify({ valid, diagnostics, ...(reuse === undefined ? {} : { reuse }) })}\n`,
    );
  else {
    const said = [
      ...(diagnostics.length > 0 ? [printDiagnostics(diagnostics, (name) => texts.get(name))] : []),
      ...(valid ? [summary] : []),
    ];
    process.stdout.write(`${said.join('\n')}\n`);
  }
  if (!valid) process.exitCode = 1;
}

/** The folder of the parts that use cases share: each part by itself. */
async function validateShared(path: string): Promise<Checked> {
  const [validator, shared] = await Promise.all([createValidator(), readSharedParts(dirname(path))]);
  const { valid, diagnostics } = validator.shared(shared);
  const shown = (file: string): string => fromHere(join(dirname(path), file));
  const { length } = shared.names;
  return {
    valid,
    diagnostics: diagnostics.map((one) => ({ ...one, file: shown(one.file) })),
    texts: new Map(partTexts(shared).map(([name, text]) => [shown(name), text])),
    summary: `${SHARED}: valid. ${length} part${length === 1 ? '' : 's'}: ${shared.names.join(', ')}.`,
  };
}

/** The folder of the country packs. GSB-DEF-003 for the first one that is not as it must be. */
async function validateCountries(path: string): Promise<Checked> {
  const ids = (await readCountries(dirname(path))).map(({ id }) => id);
  const summary = `${COUNTRIES}: valid. ${ids.length} countries: ${ids.join(', ')}.`;
  return { valid: true, diagnostics: [], texts: new Map(), summary };
}

async function validateFolder(path: string): Promise<Checked> {
  const [validator, files, shared] = await Promise.all([
    createValidator(),
    readTree(path),
    readSharedParts(dirname(path)),
  ]);
  const { valid, diagnostics } = validator.useCase(basename(path), files, shared);
  const shown = (file: string): string => fromHere(join(dirname(path), file));
  const count = (folder: string, what: string): string => {
    const found = [...files.keys()].filter((name) => name.startsWith(`${folder}/`)).length;
    return `${found} ${what}${found === 1 ? '' : 's'}`;
  };
  const counts = [
    count('workflows', 'workflow'),
    count('forms', 'form'),
    count('scenarios', 'scenario'),
    count('locales', 'language'),
  ];
  return {
    valid,
    // Diagnostics begin with the name of the folder; people read paths from where they stand.
    diagnostics: diagnostics.map((one) => ({ ...one, file: shown(one.file) })),
    texts: new Map(textsOf(basename(path), files, shared).map(([name, text]) => [shown(name), text])),
    ...summed(`${basename(path)}: valid. ${counts.join(', ')}.`, valid ? await reuseAmong(path) : undefined),
  };
}

function summed(summary: string, reuse: ReuseSaid | undefined): Pick<Checked, 'summary' | 'reuse'> {
  if (reuse === undefined || reuse.parts.length === 0) return { summary, reuse };
  const { own, shared, percent, parts, both, bothPercent } = reuse;
  const more = `Tasks: ${own} of its own, ${shared} from ${parts.length} shared parts (${percent} %); ${both} of them from parts that another use case performs, too (${bothPercent} %).`;
  return { summary: `${summary}\n${more}`, reuse };
}

/** Undefined where a use case beside it cannot be loaded. */
async function reuseAmong(path: string): Promise<ReuseSaid | undefined> {
  const all = await readUseCases(dirname(path)).catch(() => []);
  const own = all.find(({ manifest }) => manifest.id === basename(path));
  if (own === undefined) return undefined;
  const reuse = reuseOf(own.workflows);
  const others = all.filter((one) => one !== own).flatMap(({ workflows }) => reuseOf(workflows).parts);
  const both = reuse.parts
    .filter(({ name }) => others.some((other) => other.name === name))
    .reduce((sum, { tasks }) => sum + tasks, 0);
  return { ...reuse, both, bothPercent: Math.floor((both * 1000) / (reuse.own + both)) / 10 };
}

/** By the names that diagnostics use: the files of the use case, and of all parts. */
function textsOf(
  id: string,
  files: ReadonlyMap<string, string>,
  shared: Awaited<ReturnType<typeof readSharedParts>>,
): readonly (readonly [string, string])[] {
  return [...inside(id, files), ...partTexts(shared)];
}

function partTexts(
  shared: Awaited<ReturnType<typeof readSharedParts>>,
): readonly (readonly [string, string])[] {
  return shared.names.flatMap((name) => inside(`${SHARED}/${name}`, shared.filesOf(name) ?? new Map()));
}

function inside(folder: string, files: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...files].map(([name, text]) => [`${folder}/${name}`, text] as const);
}

async function validateDocument(path: string): Promise<Checked> {
  const [validator, text, useCase] = await Promise.all([
    createValidator(),
    readFile(path, 'utf8'),
    useCaseAround(path),
  ]);
  const name = fromHere(path);
  const { valid, diagnostics } = validator.document(
    text,
    name,
    useCase === undefined ? undefined : await readTree(useCase),
  );
  return { valid, diagnostics, texts: new Map([[name, text]]), summary: `${name}: valid.` };
}

/** The folder of the use case that a document belongs to: what it refers to lies there. */
async function useCaseAround(path: string): Promise<string | undefined> {
  for (const folder of [dirname(path), dirname(dirname(path))]) {
    const manifest = await stat(join(folder, 'use-case.yaml')).catch(() => undefined);
    if (manifest?.isFile() === true) return folder;
  }
  return undefined;
}

function fromHere(path: string): string {
  const here = relative(process.cwd(), path);
  return here.startsWith('..') ? path : here;
}

import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const licenceFile = /^(?:licen[cs]e|copying|notice)/i;
/** Nothing of it is read while the sandbox runs. */
const idle = /\.(?:map|[cm]?ts|tsbuildinfo|md|markdown|zip|png|razor)$/i;

/** A package without its own node_modules and without what only its developers read. */
export async function copyPackage(from: string, to: string): Promise<void> {
  await copyTree(from, to, (name, isFolder) =>
    isFolder ? name !== 'node_modules' : licenceFile.test(name) || !(idle.test(name) || name.startsWith('.')),
  );
}

/** Our build without its source maps: the sources that they lead to are not in the folder. */
export async function copyBuild(from: string, to: string): Promise<void> {
  await copyTree(
    from,
    to,
    (name) => !name.endsWith('.js.map'),
    (name, text) =>
      name.endsWith('.js') ? text.replace(/\n\/\/# sourceMappingURL=[^\n]*\s*$/, '\n') : undefined,
  );
}

/**
 * All files that `wanted` takes, by content alone: links are followed, rights and times left behind. `changed` answers
 * the text that a file gets instead, or undefined where it stays as it is.
 */
export async function copyTree(
  from: string,
  to: string,
  wanted: (name: string, isFolder: boolean) => boolean = () => true,
  changed?: (name: string, text: string) => string | undefined,
): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (!wanted(entry.name, entry.isDirectory())) continue;
    if (entry.isDirectory()) {
      await copyTree(source, target, wanted, changed);
      continue;
    }
    const text = changed?.(entry.name, await readFile(source, 'utf8'));
    if (text === undefined) await copyFile(source, target);
    else await writeFile(target, text);
  }
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readmeOf } from './readme.js';

const TEMPLATE = fileURLToPath(new URL('./template/', import.meta.url));

/** The files of a new use case by their path inside its folder: small, complete, and green when it is played. */
export async function scaffold(id: string, title: string): Promise<ReadonlyMap<string, string>> {
  const upper = id.toUpperCase();
  const words: Readonly<Record<string, string>> = {
    id,
    title,
    member: upper,
    prefix: `${upper.slice(0, 10).replace(/-+$/, '')}-R`,
  };
  const entries = await readdir(TEMPLATE, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map(async (entry): Promise<[string, string]> => {
      const path = join(entry.parentPath, entry.name);
      const inFolder = path.slice(TEMPLATE.length).replaceAll('\\', '/').replace(/^\//, '');
      return [inFolder, filled(await readFile(path, 'utf8'), words)];
    });
  return new Map([...(await Promise.all(files)), ['README.md', readmeOf(id, title)]]);
}

/** Each placeholder stands inside single quotes (or a comment), where only the quote itself has a meaning. */
function filled(text: string, words: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{([a-z]+)\}\}/g, (whole, name: string) =>
    (words[name] ?? whole).replaceAll("'", "''"),
  );
}

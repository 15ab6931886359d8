import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledPackage } from './installed-packages.js';

const RULE = '='.repeat(100);

/** The licences of all that is carried, one after the other, each with the package that it belongs to. */
export async function licenceTexts(root: string, packages: readonly InstalledPackage[]): Promise<string> {
  const parts = await Promise.all(
    packages.map(async ({ path, name, version, licence }) => {
      const folder = join(root, path);
      const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
      const texts = await Promise.all(files.sort().map((file) => readFile(join(folder, file), 'utf8')));
      const said = texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
      const none = 'The package carries no text of its licence; this is what it says of itself.';
      return [RULE, `${name} ${version}: ${licence}`, '', said === '' ? none : said, ''].join('\n');
    }),
  );
  return [
    'What other people made and this folder carries, and under which licences.',
    "Node.js has its own, in node/LICENSE; the sandbox's is in LICENSE.",
    '',
    ...parts,
  ].join('\n');
}

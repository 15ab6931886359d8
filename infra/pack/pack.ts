import { chmod, copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { copyBuild, copyPackage, copyTree } from './copy-files.js';
import { readPackages } from './installed-packages.js';
import type { Platform } from './node-binaries.js';
import { unportable } from './portable-names.js';
import { licenceTexts } from './third-party-licences.js';

export interface PackRequest {
  /** The checkout, built and installed. */
  readonly root: string;
  /** Where the folder `govstack-sandbox-VERSION` is made; one that is there is replaced. */
  readonly target: string;
  /** The binaries of Node.js that go along, and the text of its licence where there is one. */
  readonly nodes: readonly { readonly platform: Platform; readonly binary: string }[];
  readonly nodeLicence?: string;
}

export interface Packed {
  readonly folder: string;
  readonly files: number;
  /** Of the whole folder. */
  readonly bytes: number;
}

const projectSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
});

/** Makes the folder. An Error that lists the names which could not lie on every stick; then nothing is left behind. */
export async function pack({ root, target, nodes, nodeLicence }: PackRequest): Promise<Packed> {
  const project = projectSchema.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const folder = join(target, `${project.name}-${project.version}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });

  await copyBuild(join(root, 'dist'), join(folder, 'dist'));
  await rm(join(folder, 'dist/infra/pack'), { recursive: true, force: true });
  for (const part of ['usecases', 'docs']) await copyTree(join(root, part), join(folder, part));
  await mkdir(join(folder, 'infra/keycloak'), { recursive: true });
  for (const file of ['LICENSE', 'infra/keycloak/realm.json'])
    await copyFile(join(root, file), join(folder, file));
  await writeFile(
    join(folder, 'package.json'),
    `${JSON.stringify({ ...project, private: true, type: 'module' }, undefined, 2)}\n`,
  );

  const packages = await readPackages(root);
  for (const { path } of packages.carried) await copyPackage(join(root, path), join(folder, path));
  await writeFile(
    join(folder, 'THIRD-PARTY-LICENSES.txt'),
    await licenceTexts(root, [...packages.carried, ...packages.bundled]),
  );

  for (const { platform, binary } of nodes) {
    const place = join(folder, 'node', platform, platform === 'win-x64' ? 'node.exe' : 'node');
    await mkdir(dirname(place), { recursive: true });
    await copyFile(binary, place);
    await chmod(place, 0o755);
  }
  if (nodeLicence !== undefined) await writeFile(join(folder, 'node/LICENSE'), nodeLicence);
  await writeStarters(join(root, 'infra/pack/folder'), folder, project.version);

  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/'),
  );
  const wrong = unportable(paths);
  if (wrong.length > 0) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`Names that could not lie on every stick:\n${wrong.join('\n')}`);
  }
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return { folder, files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** What people start and read. Windows' command processor and its oldest editors want CRLF, and a mark for UTF-8. */
async function writeStarters(from: string, to: string, version: string): Promise<void> {
  for (const name of await readdir(from)) {
    const text = (await readFile(join(from, name), 'utf8')).replaceAll('{{version}}', version);
    const forWindows = /\.(?:cmd|txt)$/.test(name);
    const mark = name.endsWith('.txt') ? '\ufeff' : '';
    await writeFile(join(to, name), forWindows ? `${mark}${text.replaceAll(/\r?\n/g, '\r\n')}` : text);
    if (name.endsWith('.sh')) await chmod(join(to, name), 0o755);
  }
}

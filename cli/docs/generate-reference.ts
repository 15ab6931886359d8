import { mkdir, writeFile } from 'node:fs/promises';
import { referencePages } from '../../app/docs/reference-pages.js';
import { projectFile } from '../../app/project-file.js';
import { cliPage } from './cli-page.js';

/** `npm run docs`: writes the generated pages of `docs/reference/`. */
const folder = projectFile('docs/reference/');
const pages = new Map([...(await referencePages()), ['cli.md', await cliPage()]]);
for (const [name, text] of pages) {
  const file = new URL(name, folder);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, text);
}

import { existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildTemplate } from '../../infra/embedded/build-template.js';

/** The template database of the tests, made once per version of what goes into it. */
export async function testTemplate(): Promise<string> {
  const root = join(import.meta.dirname, '../..');
  const sources = [
    'package-lock.json',
    'infra/embedded/migrate.ts',
    'infra/embedded/engine.ts',
    'infra/embedded/build-template.ts',
  ];
  const hash = createHash('sha256');
  for (const source of sources) hash.update(await readFile(join(root, source)));
  const file = join(
    root,
    'node_modules/.cache/govstack-sandbox',
    `template-${hash.digest('hex').slice(0, 16)}.tgz`,
  );
  if (!existsSync(file)) await buildTemplate(file);
  return file;
}

import { existsSync } from 'node:fs';

/** A file of the project by its path from the root, whether the sources run (`app/`) or the build (`dist/app/`). */
export function projectFile(path: string): URL {
  const fromSources = new URL(`../${path}`, import.meta.url);
  return existsSync(new URL('../package.json', import.meta.url))
    ? fromSources
    : new URL(`../../${path}`, import.meta.url);
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A package as `package-lock.json` has it. */
export interface InstalledPackage {
  /** Below the root, such as `node_modules/zod`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** What the package says of itself, such as `MIT`. */
  readonly licence: string;
}

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
type Locked = z.infer<typeof lockSchema>['packages'];

/** Only counts its downloads, while it is installed. */
const neverLoaded = new Set(['node_modules/@scarf/scarf']);
/** What the console is built from: in its bundle, so its licences go along, and its files do not. */
export const bundled: readonly string[] = [
  'react',
  'react-dom',
  'react-router',
  '@tanstack/react-query',
  'uqr',
];

export interface Packages {
  /**
   * What the server loads. Optional ones are left out: they are native code for one platform, or fetch something when
   * they are installed, and the sandbox runs without them.
   */
  readonly carried: readonly InstalledPackage[];
  /** What is inside the console's bundle. */
  readonly bundled: readonly InstalledPackage[];
}

export async function readPackages(root: string): Promise<Packages> {
  const { packages } = lockSchema.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const carried = Object.keys(packages).filter((path) => {
    const { dev, optional, devOptional } = packages[path] ?? {};
    return path !== '' && !neverLoaded.has(path) && dev !== true && optional !== true && devOptional !== true;
  });
  return {
    carried: carried.map((path) => described(packages, path)),
    bundled: reachable(packages).map((path) => described(packages, path)),
  };
}

function described(packages: Locked, path: string): InstalledPackage {
  const { version = '', license = '' } = packages[path] ?? {};
  return { path, name: path.replace(/^.*node_modules\//, ''), version, licence: license };
}

/** The bundled packages and all that they depend on. */
function reachable(packages: Locked): readonly string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    const entry = packages[path];
    if (entry === undefined) return;
    found.add(path);
    for (const name of Object.keys(entry.dependencies ?? {})) {
      const own = `${path}/node_modules/${name}`;
      visit(packages[own] === undefined ? `node_modules/${name}` : own);
    }
  };
  for (const name of bundled) visit(`node_modules/${name}`);
  return [...found].sort();
}

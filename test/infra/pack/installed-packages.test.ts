import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundled, readPackages } from '../../../infra/pack/installed-packages.js';

const root = resolve(import.meta.dirname, '../../..');
const packages = await readPackages(root);
const names = (of: typeof packages.carried): readonly string[] => of.map(({ name }) => name);

describe('what goes along', () => {
  it('is what the server depends on, and nothing that only builds or tests it', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(names(packages.carried)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    for (const tool of ['jest', 'vite', 'typescript', '@swc/core', 'react', 'playwright-core'])
      expect(names(packages.carried)).not.toContain(tool);
  });

  it('has no native code for one platform, and nothing that runs when it is installed', () => {
    const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { os?: unknown; cpu?: unknown; hasInstallScript?: boolean }>;
    };
    expect(packages.carried.length).toBeGreaterThan(100);
    const bound = packages.carried.filter(({ path }) => {
      const { os, cpu, hasInstallScript } = locked[path] ?? {};
      return os !== undefined || cpu !== undefined || hasInstallScript === true;
    });
    expect(bound).toEqual([]);
  });

  it("knows everything that the console's sources import, for its licences", () => {
    const sources = readdirSync(join(root, 'console/src'), { recursive: true, encoding: 'utf8' });
    const imported = sources
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) => [
        ...readFileSync(join(root, 'console/src', file), 'utf8').matchAll(
          /from '((?:@[\w-]+\/)?[\w-]+)(?:\/[^']*)?'/g,
        ),
      ])
      .map(([, name = '']) => name);
    expect(imported.length).toBeGreaterThan(20);
    const missing = [...new Set(imported)].filter(
      (name) => !bundled.includes(name) && !names(packages.carried).includes(name),
    );
    expect(missing).toEqual([]);
    expect(names(packages.bundled)).toEqual(expect.arrayContaining(['react', 'scheduler']));
  });
});

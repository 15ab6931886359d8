import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OwnServer {
  readonly url: string;
  close(): Promise<void>;
}

const READY = /Ready to accept connections/;

/**
 * Starts a redis-server with an append-only file in a temporary folder, for measurements. Undefined when the program
 * is not installed or does not start; `appendfsync` as in redis.conf.
 */
export async function startOwnRedis(appendfsync: 'always' | 'everysec'): Promise<OwnServer | undefined> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'govstack-redis-'));
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    appendonly: 'yes',
    appendfsync,
    save: '',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ready = new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.once('exit', () => resolve(false));
    server.stdout.on('data', (text: Buffer) => {
      if (READY.test(text.toString())) resolve(true);
    });
  });
  if (!(await ready)) {
    await rm(folder, { recursive: true, force: true });
    return undefined;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    close: async () => {
      const gone = once(server, 'exit');
      server.kill();
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

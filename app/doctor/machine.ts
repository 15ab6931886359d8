import { createServer } from 'node:net';
import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { dirname } from 'node:path';
import { good, isAtLeast, problem, warning, type Finding } from './finding.js';

export interface MachineFacts {
  readonly node: string;
  readonly port: number;
  readonly portIs: 'free' | 'a sandbox' | 'taken';
  /** Of a sandbox there: which of its stores do not answer it. */
  readonly storesAway?: readonly string[];
  /** Absent where everything lies on services. */
  readonly folder?: {
    readonly path: string;
    readonly writable: boolean;
    readonly freeMegabytes: number | undefined;
  };
  readonly freeMemoryMegabytes: number;
}

const LEAST_NODE = '20.19';
const LEAST_MEMORY = 500;
const LEAST_DISK = 200;
const LITTLE_DISK = 1_000;

export function judgeMachine({
  node,
  port,
  portIs,
  storesAway = [],
  folder,
  freeMemoryMegabytes,
}: MachineFacts): readonly Finding[] {
  const findings = [
    isAtLeast(node, LEAST_NODE)
      ? good('Node.js', node)
      : problem('Node.js', `${node} is too old`, `Install Node.js ${LEAST_NODE} or later.`),
    judgePort(port, portIs),
    ...judgeStores(storesAway),
  ];
  if (folder !== undefined) findings.push(judgeFolder(folder), ...judgeDisk(folder));
  const says = `${freeMemoryMegabytes} MB free`;
  findings.push(
    freeMemoryMegabytes > LEAST_MEMORY
      ? good('Memory', says)
      : problem('Memory', says, `Close other programs: ${LEAST_MEMORY} MB are needed.`),
  );
  return findings;
}

function judgePort(port: number, is: MachineFacts['portIs']): Finding {
  switch (is) {
    case 'free':
      return good('Port', `${port} is free`);
    case 'a sandbox':
      return good('Port', `a sandbox answers on ${port} already`);
    case 'taken':
      return problem(
        'Port',
        `${port} is taken by another program`,
        'Choose another port with --port or PORT.',
      );
  }
}

function judgeStores(away: readonly string[]): readonly Finding[] {
  if (away.length === 0) return [];
  return [
    problem(
      'Sandbox',
      `the one that runs here is not ready: ${away.join(' and ')} away`,
      'Bring the service back: documents are in MongoDB, journal and queue in Redis. It goes on by itself then.',
    ),
  ];
}

type Folder = NonNullable<MachineFacts['folder']>;

function judgeFolder({ path, writable }: Folder): Finding {
  return writable
    ? good('Data folder', path)
    : problem(
        'Data folder',
        `${path} cannot be written`,
        'Choose another folder with --data or SANDBOX_DATA.',
      );
}

function judgeDisk({ path, freeMegabytes }: Folder): readonly Finding[] {
  if (freeMegabytes === undefined) return [];
  const says = `${freeMegabytes} MB free where ${path} is`;
  if (freeMegabytes < LEAST_DISK)
    return [problem('Disk', says, `Make room: below ${LEAST_DISK} MB a start or a write may fail.`)];
  return freeMegabytes < LITTLE_DISK
    ? [warning('Disk', says, 'Make room before a long training: a cohort of 10,000 takes about 1 GB.')]
    : [good('Disk', says)];
}

const MEGABYTE = 1024 ** 2;

export async function lookAtMachine(options: {
  readonly port: number;
  readonly host: string;
  /** Absent where nothing is kept on this machine. */
  readonly dataDir?: string;
}): Promise<MachineFacts> {
  const { port, host, dataDir } = options;
  const portIs = await lookAtPort(port, host);
  return {
    node: process.versions.node,
    port,
    portIs,
    ...(portIs === 'a sandbox' ? { storesAway: await storesAwayAt(port, host) } : {}),
    ...(dataDir === undefined ? {} : { folder: await lookAtFolder(dataDir) }),
    freeMemoryMegabytes: Math.round(freemem() / MEGABYTE),
  };
}

async function lookAtPort(port: number, host: string): Promise<MachineFacts['portIs']> {
  if (await isFree(port, host)) return 'free';
  try {
    const { status } = await askSandbox(port, host, '/health');
    return status === 'up' ? 'a sandbox' : 'taken';
  } catch {
    return 'taken';
  }
}

async function storesAwayAt(port: number, host: string): Promise<readonly string[]> {
  const { away } = await askSandbox(port, host, '/ready').catch(() => ({ away: undefined }));
  return Array.isArray(away) ? away.map(String) : [];
}

async function askSandbox(
  port: number,
  host: string,
  path: string,
): Promise<{ readonly status?: unknown; readonly away?: unknown }> {
  const at = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const answer = await fetch(`http://${at}:${port}${path}`, { signal: AbortSignal.timeout(4_000) });
  return (await answer.json()) as object;
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

async function lookAtFolder(path: string): Promise<Folder> {
  const parent = dirname(path);
  const writable = await mkdir(parent, { recursive: true })
    .then(() => access(parent, constants.W_OK))
    .then(
      () => true,
      () => false,
    );
  const space = await statfs(parent).catch(() => undefined);
  return {
    path,
    writable,
    freeMegabytes: space === undefined ? undefined : Math.round((space.bavail * space.bsize) / MEGABYTE),
  };
}

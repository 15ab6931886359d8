import { execFile } from 'node:child_process';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { carriedNodes, fetchNode, NODE_VERSION, type Platform } from './node-binaries.js';
import { pack } from './pack.js';

const usage = `npm run pack [-- options]: a folder that starts without npm and without a network.
  --target DIR           where it is made; .sandbox/pack when absent
  --for linux-x64,win-x64  the systems whose Node.js goes along; both when absent
  --this-node            the Node.js that runs this instead, for this system alone: needs no network
  --archive              writes a .tar.gz beside it, too
`;

/** Runs from dist/infra/pack. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      target: { type: 'string', default: join(root, '.sandbox/pack') },
      for: { type: 'string', default: Object.keys(carriedNodes).join(',') },
      'this-node': { type: 'boolean', default: false },
      archive: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(usage);
    return;
  }
  const target = resolve(values.target);
  await mkdir(target, { recursive: true });
  const nodes = values['this-node'] ? [thisNode()] : await fetched(platformsOf(values.for));
  const { folder, files, bytes } = await pack({ root, target, nodes, ...(await licence(nodes)) });
  say(`${folder}: ${files} files, ${mebibytes(bytes)}.`);
  for (const { platform, binary } of nodes)
    say(`  Node.js for ${platform}: ${mebibytes((await stat(binary)).size)} of them.`);
  if (values.archive) {
    const archive = `${folder}.tar.gz`;
    await promisify(execFile)('tar', ['-czf', archive, '-C', dirname(folder), basename(folder)]);
    say(`${archive}: ${mebibytes((await stat(archive)).size)}.`);
  }
  say(
    '  Start it: sh start.sh, or start.cmd on Windows. What it is: README.en.txt, README.fr.txt, README.ar.txt.',
  );
}

type Node = Parameters<typeof pack>[0]['nodes'][number];

function platformsOf(text: string): readonly Platform[] {
  return text.split(',').map((name) => {
    const platform = (Object.keys(carriedNodes) as Platform[]).find((known) => known === name.trim());
    if (platform === undefined)
      throw new Error(`--for ${name}: choose from ${Object.keys(carriedNodes).join(', ')}.`);
    return platform;
  });
}

function thisNode(): Node {
  const platform = ({ linux: 'linux-x64', win32: 'win-x64' } as const)[process.platform as 'linux' | 'win32'];
  if (process.arch !== 'x64' || (platform as Platform | undefined) === undefined)
    throw new Error(
      `--this-node: this is ${process.platform}-${process.arch}; the folder knows linux-x64 and win-x64.`,
    );
  return { platform, binary: process.execPath };
}

async function fetched(platforms: readonly Platform[]): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  for (const platform of platforms) {
    say(`Node.js ${NODE_VERSION} for ${platform} …`);
    const folder = await fetchNode(platform, cacheFolder());
    nodes.push({ platform, binary: join(folder, 'bin', carriedNodes[platform].file) });
  }
  return nodes;
}

function cacheFolder(): string {
  return join(root, '.sandbox/node');
}

/** The package for Linux carries the text of Node's licence, the one for Windows does not; an installed Node may. */
async function licence(nodes: readonly Node[]): Promise<{ nodeLicence?: string }> {
  const installed = nodes.some(({ binary }) => binary === process.execPath);
  const folder = installed ? dirname(dirname(process.execPath)) : await fetchNode('linux-x64', cacheFolder());
  for (const name of ['LICENSE', 'share/doc/nodejs/LICENSE', 'share/doc/nodejs/copyright']) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (text !== undefined) return { nodeLicence: text };
  }
  return {};
}

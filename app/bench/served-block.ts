import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../contracts/json.js';
import { projectFile } from '../project-file.js';

export interface ServedBlock {
  readonly origin: string;
  readonly openapi: JsonObject;
  close(): Promise<void>;
}

/** Starts the measured block in a process of its own, its state in memory or in a folder that is thrown away. */
export async function serveBlock(state: 'memory' | 'embedded'): Promise<ServedBlock> {
  const folder = state === 'memory' ? undefined : await mkdtemp(join(tmpdir(), 'govstack-bench-'));
  const child = fork(
    fileURLToPath(projectFile('dist/app/bench/block-server.js')),
    folder === undefined ? [] : [folder],
    { execArgv: [] },
  );
  const [told] = (await once(child, 'message')) as [Pick<ServedBlock, 'origin' | 'openapi'>];
  return {
    ...told,
    close: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The command of Prism: `SANDBOX_PRISM`, or one that somebody installed beside the project's dependencies. */
export async function findPrism(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const named = environment['SANDBOX_PRISM'];
  if (named !== undefined) return named;
  const beside = fileURLToPath(projectFile('node_modules/.bin/prism'));
  return access(beside).then(
    () => beside,
    () => undefined,
  );
}

/** Prism's mock of the same document: it checks requests, answers with examples, and keeps no state. */
export async function servePrism(
  command: string,
  openapi: JsonObject,
  port: number,
): Promise<Pick<ServedBlock, 'origin' | 'close'>> {
  const folder = await mkdtemp(join(tmpdir(), 'govstack-prism-'));
  const document = join(folder, 'openapi.json');
  await writeFile(document, JSON.stringify(openapi));
  const child = spawn(command, ['mock', '--host', '127.0.0.1', '--port', String(port), document], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('listening')) resolve();
    });
    // A command that is not there is an `error`, which `gone` rejects with.
    void gone.then(() => reject(new Error(`${command} ended before it listened`)), reject);
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      child.kill();
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

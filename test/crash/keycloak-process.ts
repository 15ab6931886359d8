import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { memoryOf, processorOf, type ServiceProcess } from './service-process.js';

const SCRIPT = join(import.meta.dirname, '../../infra/ci/start-keycloak.sh');

/** A Keycloak that keeps its folder when it is started again. */
export function createKeycloakProcess(options: {
  readonly port: number;
  readonly folder: string;
  readonly realmFile: string;
  /** Where the sandbox is, for the redirect addresses of the realm. */
  readonly publicUrl: string;
}): ServiceProcess & { readonly url: string } {
  let pid: number | undefined;
  let spent = 0;
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const ending = pid;
    if (ending === undefined) return;
    spent += await processorOf(ending);
    pid = undefined;
    process.kill(ending, signal);
    while (isAlive(ending)) await pause(50);
  };
  return {
    name: 'Keycloak',
    url: `http://localhost:${options.port}`,
    printed: () => '',
    start: async () => {
      const { stdout } = await promisify(execFile)(SCRIPT, [options.realmFile, String(options.port)], {
        env: {
          ...process.env,
          KEYCLOAK_RUN_DIR: options.folder,
          KEYCLOAK_KEEP: 'yes',
          SANDBOX_PUBLIC_URL: options.publicUrl,
        },
      });
      pid = Number(stdout.trim());
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    processor: async () => spent + (await processorOf(pid)),
    memory: () => memoryOf(pid),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

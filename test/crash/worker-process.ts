import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Victim } from './random-kills.js';

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');
const KEPT_CHARACTERS = 8_000;

export interface WorkerProcess extends Victim {
  /** Its exit code; null when it was not running. */
  stop(): Promise<number | null>;
  printed(): string;
}

/** `sandbox worker` in a process of its own. */
export function createWorkerProcess(
  name: string,
  variables: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): WorkerProcess {
  let child: ChildProcess | undefined;
  let printed = '';
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return null;
    const exited = once(ending, 'exit');
    ending.kill(signal);
    await exited;
    return ending.exitCode;
  };
  return {
    name,
    printed: () => printed,
    start: async () => {
      // Redis may be away just then: a worker that cannot start is started again, as a supervisor does.
      for (;;) {
        const started = spawn(process.execPath, [MAIN, 'worker', '--json', ...more], {
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables },
        });
        child = started;
        const ready = new Promise<boolean>((resolve) => {
          const hear = (text: string): void => {
            printed = (printed + text).slice(-KEPT_CHARACTERS);
            if (text.includes('"ready"')) resolve(true);
          };
          started.stdout.setEncoding('utf8').on('data', hear);
          started.stderr.setEncoding('utf8').on('data', hear);
          started.once('exit', () => resolve(false));
        });
        if (await ready) return;
      }
    },
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

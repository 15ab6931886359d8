import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process of its own that runs one of the tests' TypeScript programs, so that it can be killed. */
export interface TypescriptChild {
  /** Resolves when the program has printed this many lines in all. */
  lines(n: number): Promise<readonly string[]>;
  /** Kills it as `kill -9` does; resolves to all it had printed. */
  kill(): Promise<readonly string[]>;
}

export function startTypescript(program: string, args: readonly string[]): TypescriptChild {
  const register = join(import.meta.dirname, 'typescript-register.mjs');
  const child: ChildProcess = spawn(process.execPath, ['--import', register, program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const printed: string[] = [];
  const waits: {
    readonly n: number;
    readonly resolve: () => void;
    readonly reject: (error: Error) => void;
  }[] = [];
  const ended = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout! })
      .on('line', (line) => {
        printed.push(line);
        for (const { n, resolve: done } of waits) if (printed.length >= n) done();
      })
      .on('close', () => {
        for (const { reject } of waits) reject(new Error(`the program ended after ${printed.length} lines`));
        resolve();
      });
  });
  return {
    lines: async (n) => {
      if (printed.length < n) {
        await new Promise<void>((resolve, reject) => waits.push({ n, resolve, reject }));
      }
      return printed;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      return printed;
    },
  };
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The built sandbox in a process of its own, on one port and one folder, that can be killed and started again. */
export interface SandboxProcess {
  readonly origin: string;
  /** Resolves when it says that it is ready. An Error with what it printed, when it ends instead. */
  start(): Promise<void>;
  /** As `kill -9` does it. */
  kill(): Promise<void>;
  /** Asks it to end, as Ctrl+C does; resolves to its exit code. */
  stop(): Promise<number | null>;
  /** Asks it to end, and does not wait; `stop` asks again. */
  ask(): void;
  /** Runs that its starts so far found in the middle. */
  recovered(): number;
  /** The last lines that it printed. */
  printed(): string;
}

export interface SandboxProcessOptions {
  readonly dataDir: string;
  readonly port: number;
  /** All of the environment that it gets to see, next to what Node needs. */
  readonly variables: Readonly<Record<string, string>>;
}

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');
const LOOK_EVERY_MS = 25;
const KEPT_LINES = 60;

export function createSandboxProcess({ dataDir, port, variables }: SandboxProcessOptions): SandboxProcess {
  const origin = `http://127.0.0.1:${port}`;
  const lines: string[] = [];
  let recovered = 0;
  let child: ChildProcess | undefined;

  const listenTo = (stream: NodeJS.ReadableStream | null): void => {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      recovered += Number(/Picked up (\d+) runs/.exec(text)?.[1] ?? 0);
      lines.push(...text.split('\n').filter((line) => line !== ''));
      lines.splice(0, lines.length - KEPT_LINES);
    });
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return ending?.exitCode ?? null;
    const exited = once(ending, 'exit');
    ending.kill(signal);
    await exited;
    return ending.exitCode;
  };
  const printed = (): string => lines.join('\n');

  return {
    origin,
    start: async () => {
      const args = [MAIN, 'up', '--data', dataDir, '--port', String(port), '--no-demo'];
      const started = spawn(process.execPath, args, {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables },
      });
      child = started;
      listenTo(started.stdout);
      listenTo(started.stderr);
      while (!(await isReady(origin))) {
        if (started.exitCode !== null || started.signalCode !== null)
          throw new Error(`The sandbox ended while it started:\n${printed()}`);
        await pause(LOOK_EVERY_MS);
      }
    },
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    ask: () => void child?.kill('SIGTERM'),
    recovered: () => recovered,
    printed,
  };
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/ready`)).status === 200;
  } catch {
    return false;
  }
}

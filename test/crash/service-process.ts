import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Victim } from './random-kills.js';

/** A process of the topology: it can be killed, started again, and tells what it has cost. */
export interface ServiceProcess extends Victim {
  /** Ends as Ctrl+C ends it. */
  stop(): Promise<void>;
  /** Processor seconds of all its lives so far; 0 where /proc is not there. */
  processor(): Promise<number>;
  /** Megabytes that it holds now. */
  memory(): Promise<number>;
  printed(): string;
}

export interface ServiceProcessOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Asked again and again after the start. */
  readonly ready: (printed: string) => Promise<boolean>;
  /** How `kill` ends it: `kill -9`, unless it is a server that is to be restarted in an orderly way. */
  readonly killedBy?: 'SIGKILL' | 'SIGTERM';
}

const LOOK_EVERY_MS = 50;
const START_WITHIN_MS = 120_000;
const END_WITHIN_MS = 30_000;
const KEPT_CHARACTERS = 8_000;
/** Of /proc: `getconf CLK_TCK` says 100 on every Linux that Node runs on. */
const TICKS = 100;

export function createServiceProcess(options: ServiceProcessOptions): ServiceProcess {
  const { name, command, args, variables, ready, killedBy = 'SIGKILL' } = options;
  let child: ChildProcess | undefined;
  let printed = '';
  let spent = 0;

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = child;
    if (ending === undefined || gone(ending)) return;
    spent += await processorOf(ending.pid);
    child = undefined;
    const exited = once(ending, 'exit');
    ending.kill(signal);
    const stuck = setTimeout(() => {
      printed += `\n${name} did not end on ${signal} within ${END_WITHIN_MS / 1000} s, and was killed.\n`;
      ending.kill('SIGKILL');
    }, END_WITHIN_MS);
    await exited;
    clearTimeout(stuck);
  }

  return {
    name,
    printed: () => printed,
    start: async () => {
      const until = performance.now() + START_WITHIN_MS;
      // What it needs may be away just then: it is started again, as a supervisor does.
      while (performance.now() < until) {
        const started = spawn(command, args, {
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables },
        });
        child = started;
        let said = '';
        for (const stream of [started.stdout, started.stderr])
          stream.setEncoding('utf8').on('data', (text: string) => {
            said = (said + text).slice(-KEPT_CHARACTERS);
            printed = (printed + text).slice(-KEPT_CHARACTERS);
          });
        while (!gone(started) && performance.now() < until) {
          if (await ready(said).catch(() => false)) return;
          await pause(LOOK_EVERY_MS);
        }
      }
      throw new Error(`${name} did not start:\n${printed}`);
    },
    kill: () => end(killedBy),
    stop: () => end('SIGTERM'),
    processor: async () => spent + (await processorOf(child?.pid)),
    memory: () => memoryOf(child?.pid),
  };
}

function gone(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

export async function processorOf(pid: number | undefined): Promise<number> {
  const text = pid === undefined ? '' : await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name, in brackets, may hold spaces.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS;
}

export async function memoryOf(pid: number | undefined): Promise<number> {
  const text = pid === undefined ? '' : await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024);
}

/** True when an HTTP server answers 200 there. */
export async function answersAt(url: string): Promise<boolean> {
  return (await fetch(url)).status === 200;
}

import { createRequire } from 'node:module';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';

/**
 * jq itself on a thread of its own, asked synchronously: the caller waits, but never longer than the deadline, because a
 * thread can be ended from outside and WebAssembly on one's own cannot. The thread starts with the first question and is
 * replaced after a deadline or a fault; most workflows never need it, as the compiled path answers.
 */
export interface WorkerJq {
  /** It stops by itself, so that loops without end need not be refused beforehand. */
  readonly bounded: true;
  /** All outputs. Throws an error named JqError (with `stderr`), JqDeadline, or another when jq itself broke. */
  json<Output>(document: string, program: string): Output[];
  close(): Promise<void>;
}

export interface WorkerJqOptions {
  /** Milliseconds for one evaluation. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 5_000;
/** To start a thread and load jq, on a busy machine. */
const START_MS = 30_000;

type Answer =
  | { readonly kind: 'done'; readonly outputs: readonly unknown[] }
  | { readonly kind: 'failed'; readonly stderr: string; readonly message: string }
  | { readonly kind: 'broken'; readonly message: string };

/** Plain JavaScript as text, so that it runs the same from the sources and from the build. */
const THREAD = `
const { workerData: { port, turn, jqPath } } = require('node:worker_threads');
const answer = (message) => { port.postMessage(message); Atomics.add(turn, 0, 1); Atomics.notify(turn, 0); };
require(jqPath).loadJq().then((jq) => {
  port.on('message', ({ document, program }) => {
    try {
      answer({ kind: 'done', outputs: jq.json(document, program) });
    } catch (error) {
      if (error.name === 'JqError') answer({ kind: 'failed', stderr: error.stderr, message: error.message });
      else answer({ kind: 'broken', message: String(error) });
    }
  });
  answer({ kind: 'done', outputs: [] });
}, (error) => answer({ kind: 'broken', message: String(error) }));
`;

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly turn: Int32Array;
}

export function createWorkerJq({ deadlineMs = DEADLINE_MS }: WorkerJqOptions = {}): WorkerJq {
  const jqPath = createRequire(import.meta.url).resolve('jq-wasm');
  let thread: Thread | undefined;

  function start(): Thread {
    const { port1, port2 } = new MessageChannel();
    const turn = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(THREAD, {
      eval: true,
      workerData: { port: port2, turn, jqPath },
      transferList: [port2],
      // Nothing of the process's surroundings: programs see no environment.
      env: {},
      // What jq prints when it breaks is told in the answer.
      stdout: true,
      stderr: true,
    });
    worker.unref();
    port1.unref();
    const fresh: Thread = { worker, port: port1, turn };
    const ready = answerOf(fresh, START_MS);
    if (ready?.kind === 'done') return fresh;
    end(fresh);
    throw new Error(ready?.kind === 'broken' ? ready.message : 'jq did not start');
  }

  return {
    bounded: true,
    json: <Output>(document: string, program: string): Output[] => {
      const asked = (thread ??= start());
      asked.port.postMessage({ document, program });
      const answer = answerOf(asked, deadlineMs);
      if (answer?.kind === 'done') return answer.outputs as Output[];
      if (answer?.kind === 'failed') {
        throw Object.assign(new Error(answer.message), { name: 'JqError', stderr: answer.stderr });
      }
      thread = undefined;
      end(asked);
      if (answer !== undefined) throw new Error(answer.message);
      throw Object.assign(new Error(`no answer within ${deadlineMs} ms`), { name: 'JqDeadline' });
    },
    close: async () => {
      const last = thread;
      thread = undefined;
      if (last === undefined) return;
      last.port.close();
      await last.worker.terminate();
    },
  };
}

/** Waits, with the whole thread, until the other one has answered. */
function answerOf({ port, turn }: Thread, milliseconds: number): Answer | undefined {
  Atomics.wait(turn, 0, 0, milliseconds);
  Atomics.store(turn, 0, 0);
  return (receiveMessageOnPort(port) as { message: Answer } | undefined)?.message;
}

function end({ worker, port }: Thread): void {
  port.close();
  void worker.terminate();
}

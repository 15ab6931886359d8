import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { projectFile } from '../project-file.js';

export interface Answering {
  /** Where to POST to; it answers with what it was sent. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the server that the benchmarks call, in a process of its own. Needs the build. */
export async function startAnswering(): Promise<Answering> {
  const child = fork(fileURLToPath(projectFile('dist/app/bench/answer-server.js')), { execArgv: [] });
  const [port] = (await once(child, 'message')) as [number];
  return {
    url: `http://127.0.0.1:${port}/answer`,
    close: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

import { connect } from 'node:net';
import { join } from 'node:path';
import { createServiceProcess, type ServiceProcess } from './service-process.js';

const SCRIPT = join(import.meta.dirname, '../../infra/ci/start-mongo-server.sh');

/** A MongoDB-compatible server of one's own, which keeps its folder when it is started again. */
export function createMongoProcess(options: {
  readonly port: number;
  readonly folder: string;
  /** As `kill -9` does it: for a real MongoDB, which keeps what it acknowledged. */
  readonly killed?: boolean;
}): ServiceProcess & { readonly uri: string } {
  const { port, folder } = options;
  const server = createServiceProcess({
    name: 'MongoDB',
    command: SCRIPT,
    args: [String(port), folder],
    variables: variablesOf(['SANDBOX_MONGO_SERVER', 'SANDBOX_CACHE']),
    ready: () => accepts(port),
    // The server for tests has written what it acknowledged, and can read it, only after an orderly end (docs/decisions/0007).
    killedBy: options.killed === true ? 'SIGKILL' : 'SIGTERM',
  });
  return { ...server, uri: `mongodb://127.0.0.1:${port}/sandbox` };
}

function variablesOf(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

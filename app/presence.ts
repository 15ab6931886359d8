import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Clock } from '../contracts/clock.js';
import type { Document, DocumentStore } from '../contracts/documents.js';
import type { Logger } from '../contracts/logger.js';
import { projectFile } from './project-file.js';

/** A process of the installation, as it tells the others that it is there: for `sandbox doctor`. */
export interface Presence extends Document {
  readonly kind: 'server' | 'worker' | 'blocks';
  readonly version: string;
  readonly at: string;
}

const TELL_EVERY_MS = 30_000;
/** Whoever was silent so long is gone. */
const GONE_AFTER_MS = 3 * TELL_EVERY_MS;

export function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(projectFile('package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

/** Says every half minute that this process is there, until it is closed. Nothing waits for it, and nothing depends on it. */
export function announcePresence(deps: {
  readonly documents: DocumentStore;
  readonly realClock: Clock;
  readonly kind: Presence['kind'];
  readonly logger: Logger;
}): () => Promise<void> {
  const { documents, realClock, kind, logger } = deps;
  const processes = documents.collection<Presence>('processes');
  const _id = `${kind}/${hostname()}/${process.pid}`;
  const version = ownVersion();
  const tell = (): void => {
    processes
      .put({ _id, kind, version, at: realClock.now().toISOString() })
      .catch((error: unknown) => logger.debug({ err: error }, 'this process could not say that it is there'));
  };
  tell();
  const timer = setInterval(tell, TELL_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await processes.delete(_id).catch(() => false);
  };
}

/** Who said so lately. */
export async function presentProcesses(documents: DocumentStore, now: Date): Promise<readonly Presence[]> {
  const found = await documents.collection<Presence>('processes').find();
  return found.map(({ doc }) => doc).filter(({ at }) => now.getTime() - Date.parse(at) < GONE_AFTER_MS);
}

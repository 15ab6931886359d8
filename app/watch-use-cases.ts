import { join, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import { COUNTRIES } from '../contracts/country.js';
import { SandboxError } from '../contracts/problems.js';
import { SHARED } from '../contracts/workflow.js';
import type { UseCase } from '../orchestrator/definition/load-use-case.js';

/** What became of a use case whose files changed. */
export type UseCaseNews =
  /** New runs take it. `restart` names what of it takes effect at the next start only; `reset`: seeds do at a reset. */
  | {
      readonly kind: 'loaded';
      readonly id: string;
      readonly restart: readonly string[];
      readonly reset?: true;
    }
  /** The one loaded before stays. */
  | { readonly kind: 'invalid'; readonly id: string; readonly error: SandboxError }
  /** Its manifest is gone; the one loaded before stays until the next start. */
  | { readonly kind: 'gone'; readonly id: string };

export interface UseCaseWatch {
  close(): Promise<void>;
}

export interface WatchOptions {
  readonly folder: string;
  /** Reads and checks the use case of a folder; undefined when it has no manifest. */
  readonly read: (folder: string) => Promise<UseCase | undefined>;
  /** Puts it in the place of the one loaded before, which is answered. */
  readonly replace: (useCase: UseCase) => Promise<UseCase | undefined>;
  readonly tell: (news: UseCaseNews) => void;
  /** The use cases that are loaded again when a shared part changes. */
  readonly usersOfParts?: () => readonly string[];
  /** Real time in milliseconds without a change before a use case is read: editors and version control write many files. */
  readonly quietFor?: number;
}

const QUIET_MS = 200;

/** Loads use cases again when their files change. Resolves once every folder is watched. */
export async function watchUseCases(options: WatchOptions): Promise<UseCaseWatch> {
  const { folder, tell, quietFor = QUIET_MS } = options;
  const waiting = new Map<string, NodeJS.Timeout>();
  let work: Promise<void> = Promise.resolve();

  const load = async (id: string): Promise<void> => {
    try {
      const useCase = await options.read(join(folder, id));
      if (useCase === undefined) {
        tell({ kind: 'gone', id });
        return;
      }
      const before = await options.replace(useCase);
      const restart = before === undefined ? allOf() : changedFor(before, useCase);
      const seeds = JSON.stringify(before?.seeds() ?? []) !== JSON.stringify(useCase.seeds());
      tell({ kind: 'loaded', id, restart, ...(seeds ? { reset: true } : {}) });
    } catch (error) {
      tell({ kind: 'invalid', id, error: asProblem(id, error) });
    }
  };
  const changed = (path: string): void => {
    const [id = ''] = relative(folder, path).split(sep);
    // Country packs are read once, at the start.
    if (id === '' || id === '..' || id === COUNTRIES) return;
    const concerned = id === SHARED ? (options.usersOfParts?.() ?? []) : [id];
    for (const one of concerned) loadSoon(one);
  };
  const loadSoon = (id: string): void => {
    clearTimeout(waiting.get(id));
    waiting.set(
      id,
      setTimeout(() => {
        waiting.delete(id);
        // One after the other: an older state must not come in behind a newer one.
        work = work.then(() => load(id));
      }, quietFor),
    );
  };

  const watcher = watch(folder, { ignoreInitial: true, ignored: isHidden });
  watcher.on('all', (_event, path) => changed(path));
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', resolve);
    watcher.once('error', reject);
  });
  // Later errors (a folder that went away while it was looked at) are followed by events of their own.
  watcher.on('error', () => undefined);
  return {
    close: async () => {
      await watcher.close();
      for (const timer of waiting.values()) clearTimeout(timer);
      await work;
    },
  };
}

/** Swap files of editors, version control. */
function isHidden(path: string): boolean {
  return /[/\\](?:\.[^/\\]+|[^/\\]*~)$/.test(path);
}

function asProblem(id: string, error: unknown): SandboxError {
  if (error instanceof SandboxError) return error;
  const detail = `${id}: ${error instanceof Error ? error.message : String(error)}`;
  return new SandboxError('GSB-DEF-003', { detail, cause: error });
}

const atStart: Readonly<Record<string, (useCase: UseCase) => unknown>> = {
  'services and their access rights': ({ manifest: { client, services } }) => ({ client, services }),
  personas: ({ personas }) => personas,
};

/** What is given to the mediator and the identity provider when the sandbox starts. */
function changedFor(before: UseCase, now: UseCase): readonly string[] {
  return Object.entries(atStart)
    .filter(([, part]) => JSON.stringify(part(before)) !== JSON.stringify(part(now)))
    .map(([what]) => what);
}

function allOf(): readonly string[] {
  return Object.keys(atStart);
}

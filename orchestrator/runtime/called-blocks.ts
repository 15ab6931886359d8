import type { RunEvent } from '../../contracts/run-event.js';

/** Which building blocks a run has called, gathered as its journal grows. */
export interface CalledBlocks {
  add(event: RunEvent): void;
  /** In the order of their names, each once. */
  names(): readonly string[];
}

/** `blockOf` finds the block behind a service's alias. */
export function createCalledBlocks(blockOf: (alias: string) => string | undefined): CalledBlocks {
  const aliases = new Set<string>();
  const blocks = new Set<string>();
  return {
    add: (event) => {
      if (event.type !== 'task.started' || event.target === undefined) return;
      const alias = /^govstack:\/\/([^#/]+)/.exec(event.target)?.[1];
      if (alias === undefined || aliases.has(alias)) return;
      aliases.add(alias);
      const block = blockOf(alias);
      if (block !== undefined) blocks.add(block);
    },
    names: () => [...blocks].sort(),
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Block } from '../contracts/block.js';

/** A block as the mediator reaches it in this process: an answer with a slow body has arrived only with its last byte. */
export function wholeAnswers(block: Block | undefined): Pick<Block, 'handle'> | undefined {
  if (block === undefined) return undefined;
  return {
    async handle(workspace, request) {
      const { slowly, ...answer } = await block.handle(workspace, request);
      if (slowly !== undefined) await sleep(slowly);
      return answer;
    },
  };
}

import type { BlockId } from '../../contracts/block.js';
import { SandboxError } from '../../contracts/problems.js';
import type { Suite } from './suite.js';
import { digitalRegistries } from './suites/digital-registries.js';

const suites: Readonly<Partial<Record<BlockId, Suite>>> = {
  'digital-registries': digitalRegistries,
};

export function suiteOf(block: BlockId): Suite {
  const suite = suites[block];
  if (suite === undefined)
    throw new SandboxError('GSB-REQ-002', { detail: `there are no checks for ${block}` });
  return suite;
}

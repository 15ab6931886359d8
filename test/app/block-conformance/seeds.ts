import type { BlockId } from '../../../contracts/block.js';

/** What each block begins with, so that it has what the default fixtures name. */
export const seeds: Readonly<Partial<Record<BlockId, string>>> = {
  'digital-registries': 'compliance',
  'information-mediator': 'compliance',
  payments: 'compliance',
  registration: 'conformance',
  identity: 'conformance',
  'financial-institution': 'conformance',
};

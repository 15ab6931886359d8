import type { OutboundCalls } from '../../../contracts/catalog-function.js';
import { pointerOf, standardError } from '../../engine/index.js';

/** Calls that leave the sandbox: `call: http`, and `call: openapi` with a document that is no building block's. */
export function createOutboundCalls(): OutboundCalls {
  return (effect) =>
    Promise.resolve({
      kind: 'error',
      error: standardError('configuration', pointerOf(effect.key), 'No call leaves this sandbox.').error,
    });
}

import type { Effect, OperationAnswer } from '../kit/block-definition.js';
import type { TransactionDoc } from './state.js';

/** Back to the client, with what it is told in the query; `state` is returned as it came. */
export function redirectBack(
  { redirectUri, state }: Pick<TransactionDoc, 'redirectUri' | 'state'>,
  told: Readonly<Record<string, string>>,
  effects: readonly Effect[] = [],
): OperationAnswer {
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries(told)) location.searchParams.set(name, value);
  if (state !== undefined) location.searchParams.set('state', state);
  return {
    status: 302,
    rule: told.error === undefined ? 'redirect:code' : `redirect:${told.error}`,
    headers: { location: location.href, 'cache-control': 'no-store' },
    effects,
  };
}

import type { Callback } from '../../contracts/block.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import type { RequestDoc } from './state.js';

/** Where the sender of a request wants to be told: `callback.URI` of a single message, `callbackURI.URI` of a batch. */
export function callbackUriOf(body: Json | undefined): string | undefined {
  if (!isJsonObject(body)) return undefined;
  for (const holder of [body.callback, body.callbackURI]) {
    const uri = isJsonObject(holder) ? holder.URI : undefined;
    if (typeof uri === 'string' && /^https?:\/\//i.test(uri) && URL.canParse(uri)) return uri;
  }
  return undefined;
}

/** Tells the sender of a request something about it; nothing for a sender that gave no address. */
export function tellSender(
  request: RequestDoc,
  what: { readonly id: string; readonly operationId: string; readonly body: JsonObject },
): readonly Callback[] {
  if (request.callbackUri === undefined) return [];
  return [
    {
      id: `messaging.${request._id}.${what.id}`,
      block: 'messaging',
      operationId: what.operationId,
      url: request.callbackUri,
      method: 'POST',
      body: { requestUid: request._id, ...what.body },
    },
  ];
}

/** How a request ended, once nothing of it is open. */
export function tellOutcome(request: RequestDoc): readonly Callback[] {
  if (request.phase !== 'complete') return [];
  return tellSender(request, { id: 'outcome', operationId: 'deliveryStatus', body: { ...request.counts } });
}

import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';

/** How an answer may be packed. Over plain http browsers take Brotli from this machine alone: a phone in a classroom gets gzip. */
export type Packing = 'br' | 'gzip';

/** Below this many bytes packing saves nothing: it fits in one packet anyway. */
const WORTH_IT = 1_000;

/** The tightest packing that the client takes; none when it takes none. */
export function packingFor(request: Request): Packing | undefined {
  if (request.acceptsEncodings('br') === 'br') return 'br';
  return request.acceptsEncodings('gzip') === 'gzip' ? 'gzip' : undefined;
}

/**
 * Packs the JSON of this answer. For what anybody may read: in an answer that holds a secret, its packed length could tell
 * the secret to whoever chooses other parts of it.
 */
export function packJson(request: Request, response: Response): void {
  response.json = (value: unknown) => {
    const text = JSON.stringify(value);
    const packing = packingFor(request);
    // A problem has said already what it is.
    if (response.get('content-type') === undefined) response.type('json');
    response.vary('Accept-Encoding');
    if (packing === undefined || text.length < WORTH_IT) return response.send(text);
    const send = (error: Error | null, packed: Buffer): void => {
      if (error === null) response.set('content-encoding', packing).send(packed);
      else response.send(text);
    };
    if (packing === 'gzip') gzip(text, send);
    else brotliCompress(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }, send);
    return response;
  };
}

import type { IncomingMessage } from 'node:http';
import { CALLBACK_SIGNATURE_HEADER } from '../../contracts/callbacks.js';

/** A signature is about the text of a body, so that of a signed request is kept beside what it was parsed to. */
const texts = new WeakMap<IncomingMessage, string>();

/** For body-parser's `verify`. */
export function keepSignedText(request: IncomingMessage, _response: unknown, body: Buffer): void {
  if (request.headers[CALLBACK_SIGNATURE_HEADER] !== undefined) texts.set(request, body.toString('utf8'));
}

/** The signature of a request, when it brings one, and the text of its body. */
export function signedText(
  request: IncomingMessage,
): { readonly signature: string; readonly text: string } | undefined {
  const signature = request.headers[CALLBACK_SIGNATURE_HEADER];
  if (signature === undefined) return undefined;
  return { signature: String(signature), text: texts.get(request) ?? '' };
}

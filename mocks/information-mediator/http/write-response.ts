import type { Response } from 'express';
import type { BlockResponse } from '../../../contracts/block.js';

/** Sends a block's answer. The sandbox's own origin must not run or store what a provider sends, so cookies and scripts stay out. */
export function writeResponse(response: Response, answer: BlockResponse): void {
  response.status(answer.status);
  for (const [name, value] of Object.entries(answer.headers)) {
    if (name.toLowerCase() !== 'set-cookie') response.setHeader(name, value);
  }
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-security-policy', "default-src 'none'; sandbox");
  if (answer.body === undefined || answer.status === 204 || answer.status === 304) {
    response.end();
    return;
  }
  const type = answer.headers['content-type'] ?? 'application/json';
  response.setHeader('content-type', type);
  const isText = typeof answer.body === 'string' && (answer.unparsed === true || !/[/+]json\b/i.test(type));
  response.end(isText ? answer.body : JSON.stringify(answer.body));
}

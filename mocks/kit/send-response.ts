import type { Response } from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BlockResponse } from '../../contracts/block.js';

const PIECES = 10;

/** Sends a block's answer over HTTP; a slow body comes piece by piece, in equal pauses. */
export async function sendResponse(response: Response, answer: BlockResponse): Promise<void> {
  const body = begin(response, answer);
  if (answer.slowly === undefined || body === undefined || body === '') {
    // A text goes out together with its head, in one packet; bytes would follow it.
    response.end(body);
    return;
  }
  const text = Buffer.from(body);
  response.setHeader('content-length', text.length);
  const size = Math.ceil(text.length / PIECES);
  for (let at = 0; at < text.length && !response.destroyed; at += size) {
    response.write(text.subarray(at, at + size));
    await sleep(answer.slowly / Math.ceil(text.length / size));
  }
  response.end();
}

/** Promises the whole answer, sends half of its body, and drops the connection. */
export function breakOff(response: Response, answer: BlockResponse): void {
  const text = Buffer.from(begin(response, answer) ?? '');
  response.setHeader('content-length', text.length + 1);
  response.write(text.subarray(0, Math.max(1, Math.ceil(text.length / 2))), () => response.destroy());
}

function begin(response: Response, { status, headers, body, unparsed }: BlockResponse): string | undefined {
  response.status(status);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === undefined) return undefined;
  const isJson = /[/+]json/.test(headers['content-type'] ?? 'application/json');
  const isText = typeof body === 'string' && (unparsed === true || !isJson);
  return isText ? body : JSON.stringify(body);
}

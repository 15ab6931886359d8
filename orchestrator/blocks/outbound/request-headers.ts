import type { Json } from '../../../contracts/json.js';
import { toText } from '../parameter-style.js';
import { ACCEPTED_ENCODINGS } from './decompress.js';
import { OutboundError } from './outbound-error.js';

/** Headers that belong to the connection, or that decide where a request goes. */
const OURS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// Visible characters, spaces and tabs, and the upper half of Latin 1: no line breaks.
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const LARGEST = 16 * 1024;

/**
 * The headers of a request, names in lower case: the sandbox's own, and over them the workflow's. Null leaves a header
 * out. Raises `validation` for what is no header, `configuration` for one that is not the workflow's to set.
 */
export function requestHeaders(
  asked: Readonly<Record<string, Json | undefined>>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json, */*;q=0.8',
    'accept-encoding': ACCEPTED_ENCODINGS,
    ...own,
  };
  let size = 0;
  for (const [given, value] of Object.entries(asked)) {
    if (value === undefined || value === null) continue;
    const name = given.toLowerCase();
    const text = toText(value);
    if (!NAME.test(name) || !VALUE.test(text))
      throw new OutboundError('validation', `"${given.slice(0, 100)}" is not a header that can be sent.`);
    if (OURS.has(name))
      throw new OutboundError('configuration', `The header ${given} is set by the sandbox; leave it out.`);
    size += name.length + text.length;
    headers[name] = text;
  }
  if (size > LARGEST)
    throw new OutboundError('validation', `The headers of the request are larger than ${LARGEST} bytes.`);
  return headers;
}

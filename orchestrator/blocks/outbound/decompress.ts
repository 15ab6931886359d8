import { promisify } from 'node:util';
import {
  brotliDecompress,
  gunzip,
  inflate,
  inflateRaw,
  type BrotliOptions,
  type ZlibOptions,
} from 'node:zlib';
import { codeOf } from './network-failure.js';
import { OutboundError, shown } from './outbound-error.js';

/** Names that this sandbox asks for. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

type Unpack = (packed: Buffer, options: ZlibOptions & BrotliOptions) => Promise<Buffer>;

const unpackers: Readonly<Record<string, Unpack>> = {
  gzip: promisify<Buffer, ZlibOptions, Buffer>(gunzip),
  'x-gzip': promisify<Buffer, ZlibOptions, Buffer>(gunzip),
  br: promisify<Buffer, BrotliOptions, Buffer>(brotliDecompress),
  // Officially with a zlib header, but some servers leave it out.
  deflate: (packed, options) =>
    promisify<Buffer, ZlibOptions, Buffer>((packed[0] ?? 0) % 16 === 8 ? inflate : inflateRaw)(
      packed,
      options,
    ),
};
const MOST_LAYERS = 3;

/** Unpacks an answer by its Content-Encoding. No layer may grow beyond `largest` bytes: a small answer can be a bomb. */
export async function decompress(
  packed: Buffer,
  encoding: string | undefined,
  largest: number,
  url: URL,
): Promise<Buffer> {
  const layers = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (layers.length === 0 || packed.length === 0) return packed;
  if (layers.length > MOST_LAYERS) throw unreadable(url, `is packed ${layers.length} times`);
  let content = packed;
  for (const layer of layers.reverse()) {
    const unpack = unpackers[layer];
    if (unpack === undefined) throw unreadable(url, `is packed as ${layer.slice(0, 40)}`);
    try {
      content = await unpack(content, { maxOutputLength: largest });
    } catch (error) {
      if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(url, largest);
      throw unreadable(url, `claims to be packed as ${layer} but is not`);
    }
  }
  return content;
}

export function tooLarge(url: URL, largest: number): OutboundError {
  return new OutboundError('communication', `${shown(url)} answered with more than ${largest} bytes.`, {
    status: 502,
    title: 'The answer is too large',
  });
}

function unreadable(url: URL, why: string): OutboundError {
  return new OutboundError('communication', `The answer of ${shown(url)} ${why}.`, {
    status: 502,
    title: 'The answer cannot be read',
  });
}

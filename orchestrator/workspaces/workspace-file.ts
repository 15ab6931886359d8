import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { countryIdSchema, DEFAULT_COUNTRY } from '../../contracts/country.js';
import { SandboxError } from '../../contracts/problems.js';
import type { Item } from './contents.js';

/**
 * A workspace as one file: gzipped JSON, an object with a few facts and the list `items`, one item on each line, so
 * that it is neither written nor read as a whole.
 */
export const FORMAT = 'govstack-sandbox-workspace/1';

const moveSchema = z.object({
  from: z.string(),
  to: z.string(),
  by: z.string(),
  fired: z.number(),
  frozen: z.boolean(),
});
export const fileHeaderSchema = z.object({
  format: z.literal(FORMAT, `must be ${FORMAT}: the file of another version, or no workspace`),
  workspace: z.string(),
  title: z.string().max(80),
  locale: z.string().max(35),
  /** Absent in files that are older than country packs. */
  country: countryIdSchema.default(DEFAULT_COUNTRY),
  takenAt: z.iso.datetime(),
  /** Without payloads: for reading only. */
  redacted: z.boolean(),
  clock: z.object({
    now: z.iso.datetime(),
    untouched: z.boolean(),
    standsAt: z.iso.datetime().optional(),
    move: moveSchema.optional(),
  }),
});
export type FileHeader = z.infer<typeof fileHeaderSchema>;

const json = z.json();
const itemSchema = z.discriminatedUnion('k', [
  z.object({
    k: z.literal('doc'),
    c: z.string().regex(/^[a-z0-9-]{1,60}$/),
    d: z.looseObject({ _id: z.string() }),
  }),
  z.object({ k: z.literal('log'), s: z.string().regex(/^[^\s]{1,200}$/), e: json, p: json.optional() }),
  z.object({ k: z.literal('job'), n: z.string(), d: z.record(z.string(), json) }),
]);

const END_OF_HEADER = ',"items":[';
const END = ']}';
/** Unpacked. A file that says it is small and is not must not fill the memory or the disk. */
const LARGEST_FILE = 2 * 1024 ** 3;
const LARGEST_LINE = 128 * 1024 ** 2;

/** The file, piece by piece. */
export function packed(header: FileHeader, items: AsyncIterable<Item>): AsyncIterable<Buffer> {
  return through(linesOf(header, items), createGzip());
}

/** What goes wrong on either side is raised where the result is read. */
function through(
  source: AsyncIterable<unknown> | Iterable<unknown>,
  transform: Transform,
): AsyncIterable<Buffer> {
  return pipeline(Readable.from(source), transform, () => undefined);
}

async function* linesOf(header: FileHeader, items: AsyncIterable<Item>): AsyncGenerator<string> {
  yield `${JSON.stringify(header).slice(0, -1)}${END_OF_HEADER}\n`;
  let first = true;
  for await (const item of items) {
    yield `${first ? '' : ','}${JSON.stringify(item)}\n`;
    first = false;
  }
  yield `${END}\n`;
}

export interface OpenedFile {
  readonly header: FileHeader;
  /** Once only. Raises GSB-REQ-001 where the file is broken. */
  readonly items: AsyncIterable<Item>;
}

/** Reads the facts; GSB-REQ-001 for what is no file of a workspace. `trusted`: it was written here, and is not checked item by item. */
export async function unpacked(
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
  trusted = false,
): Promise<OpenedFile> {
  const lines = readLines(through(pieces, createGunzip()));
  const first = await nextLine(lines);
  if (first?.endsWith(END_OF_HEADER) !== true) throw broken('it does not begin as one');
  const header = parseHeader(`${first.slice(0, -END_OF_HEADER.length)}}`);
  return { header, items: itemsIn(lines, trusted) };
}

/** The same for a file that somebody unpacked, and perhaps wrote anew. */
export function opened(value: unknown): OpenedFile {
  const parsed = z.looseObject({ items: z.array(z.unknown()) }).safeParse(value);
  if (!parsed.success) throw broken('it has no list of items');
  const { items, ...header } = parsed.data;
  return { header: headerOf(header), items: Readable.from(items.map(itemOf)) as AsyncIterable<Item> };
}

async function* itemsIn(lines: AsyncIterator<string>, trusted: boolean): AsyncGenerator<Item> {
  for (;;) {
    const line = await nextLine(lines);
    if (line === undefined) throw broken('it is cut off');
    if (line === END) return;
    const value = parseJson(line.startsWith(',') ? line.slice(1) : line);
    yield trusted ? (value as Item) : itemOf(value);
  }
}

function itemOf(value: unknown): Item {
  const parsed = itemSchema.safeParse(value);
  if (parsed.success) return parsed.data as Item;
  throw broken(`an item of it is not valid: ${z.prettifyError(parsed.error)}`);
}

function parseHeader(text: string): FileHeader {
  return headerOf(parseJson(text));
}

function headerOf(value: unknown): FileHeader {
  const parsed = fileHeaderSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw broken(z.prettifyError(parsed.error));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw broken('a line of it is not JSON', cause);
  }
}

async function nextLine(lines: AsyncIterator<string>): Promise<string | undefined> {
  try {
    const next: IteratorResult<string, unknown> = await lines.next();
    return next.done === true ? undefined : next.value;
  } catch (cause) {
    if (cause instanceof SandboxError) throw cause;
    throw broken('it is not gzipped, or cut off', cause);
  }
}

async function* readLines(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let total = 0;
  for await (const piece of pieces) {
    total += piece.length;
    if (total > LARGEST_FILE) throw broken('it is larger than 2 GiB when it is unpacked');
    let from = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
      yield Buffer.concat([...rest, piece.subarray(from, end)]).toString('utf8');
      rest = [];
      restBytes = 0;
      from = end + 1;
    }
    rest.push(piece.subarray(from));
    restBytes += piece.length - from;
    if (restBytes > LARGEST_LINE) throw broken('a line of it is larger than 128 MiB');
  }
}

function broken(why: string, cause?: unknown): SandboxError {
  return new SandboxError('GSB-REQ-001', {
    detail: `This is no file of a workspace: ${why}.`,
    ...(cause === undefined ? {} : { cause }),
  });
}

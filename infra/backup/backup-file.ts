import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import type { Document } from '../../contracts/documents.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { errorText } from '../error-facts.js';
import { sync } from '../embedded/power/sync-files.js';

/**
 * A whole installation as one file: two gzip members, one after the other, which every gunzip reads as one text of
 * JSON lines. The first is the header, the second has one item on each line. Neither writing nor reading holds more
 * than a line in memory.
 */
const BACKUP_FORMAT = 'govstack-sandbox-backup';
const BACKUP_VERSION = 1;

const countsSchema = z.object({
  workspaces: z.number().int(),
  documents: z.number().int(),
  streams: z.number().int(),
  entries: z.number().int(),
  jobs: z.number().int(),
});
const headerSchema = z.object({
  format: z.literal(BACKUP_FORMAT, { error: 'it is none' }),
  version: z.literal(BACKUP_VERSION, {
    error: `its version is not ${BACKUP_VERSION}: another version wrote it`,
  }),
  takenAt: z.iso.datetime(),
  counts: countsSchema,
  /** SHA-256 of all lines behind the header, unpacked. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupHeader = z.infer<typeof headerSchema>;

const itemSchema = z.discriminatedUnion('k', [
  z.object({ k: z.literal('doc'), c: z.string(), d: z.looseObject({ _id: z.string() }) }),
  z.object({ k: z.literal('log'), s: z.string(), e: z.json(), p: z.json().optional() }),
  z.object({ k: z.literal('job'), q: z.string(), n: z.string(), d: z.record(z.string(), z.json()) }),
]);
/** A document of a collection, an entry of a stream, a job that a building block has still to do. */
export type BackupItem =
  | { readonly k: 'doc'; readonly c: string; readonly d: Document }
  | { readonly k: 'log'; readonly s: string; readonly e: Json; readonly p?: Json }
  | { readonly k: 'job'; readonly q: string; readonly n: string; readonly d: JsonObject };

/** Writes the file under its name only when it is whole. */
export async function writeBackup(
  file: string,
  takenAt: string,
  items: AsyncIterable<BackupItem>,
): Promise<BackupHeader> {
  const [body, whole] = [`${file}.body`, `${file}.part`];
  const hash = createHash('sha256');
  const counts = { workspaces: 0, documents: 0, streams: 0, entries: 0, jobs: 0 };
  let stream = '';
  async function* lines(): AsyncGenerator<string> {
    for await (const item of items) {
      if (item.k === 'doc') counts.documents += 1;
      if (item.k === 'doc' && item.c === 'workspaces') counts.workspaces += 1;
      if (item.k === 'job') counts.jobs += 1;
      if (item.k === 'log') {
        counts.entries += 1;
        if (item.s !== stream) counts.streams += 1;
        stream = item.s;
      }
      const line = `${JSON.stringify(item)}\n`;
      hash.update(line);
      yield line;
    }
  }
  try {
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(body, { mode: 0o600 }));
    const header: BackupHeader = {
      format: BACKUP_FORMAT,
      version: BACKUP_VERSION,
      takenAt,
      counts,
      digest: hash.digest('hex'),
    };
    const out = { mode: 0o600 };
    await pipeline(
      Readable.from([`${JSON.stringify(header)}\n`]),
      createGzip(),
      createWriteStream(whole, out),
    );
    await pipeline(createReadStream(body), createWriteStream(whole, { ...out, flags: 'a' }));
    await sync(whole);
    await rename(whole, file);
    return header;
  } finally {
    await rm(body, { force: true });
    await rm(whole, { force: true });
  }
}

/** Reads all of it and changes nothing. GSB-REQ-001 saying why it is no whole backup. */
export async function verifyBackup(file: string): Promise<BackupHeader> {
  const lines = linesOf(file);
  const header = headerIn(file, await nextLine(file, lines));
  const hash = createHash('sha256');
  for (;;) {
    const line = await nextLine(file, lines);
    if (line === undefined) break;
    hash.update(line).update('\n');
  }
  if (hash.digest('hex') !== header.digest)
    throw broken(file, 'what is in it does not fit its digest: it was cut off or changed');
  return header;
}

/** The items of a file that was verified. */
export async function* itemsOf(file: string): AsyncGenerator<BackupItem> {
  const lines = linesOf(file);
  await nextLine(file, lines);
  for (;;) {
    const line = await nextLine(file, lines);
    if (line === undefined) return;
    const parsed = itemSchema.safeParse(JSON.parse(line.toString('utf8')));
    if (!parsed.success) throw broken(file, `an item of it is not valid: ${z.prettifyError(parsed.error)}`);
    yield parsed.data as BackupItem;
  }
}

function headerIn(file: string, line: Buffer | undefined): BackupHeader {
  const parsed = headerSchema.safeParse(parsedJson(line?.toString('utf8') ?? ''));
  if (parsed.success) return parsed.data;
  throw broken(file, parsed.error.issues.map(({ message }) => message).join('; '));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function nextLine(file: string, lines: AsyncIterator<Buffer>): Promise<Buffer | undefined> {
  try {
    const next: IteratorResult<Buffer, unknown> = await lines.next();
    return next.done === true ? undefined : next.value;
  } catch (cause) {
    throw broken(file, `it cannot be read (${errorText(cause)})`, cause);
  }
}

async function* linesOf(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const text = source.pipe(createGunzip());
  source.on('error', (error) => text.destroy(error));
  let rest: Buffer[] = [];
  for await (const piece of text as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
      yield Buffer.concat([...rest, piece.subarray(from, end)]);
      rest = [];
      from = end + 1;
    }
    rest.push(piece.subarray(from));
  }
}

function broken(file: string, why: string, cause?: unknown): SandboxError {
  return new SandboxError('GSB-REQ-001', {
    detail: `${file} is no whole backup of a sandbox: ${why}. Nothing was changed.`,
    ...(cause === undefined ? {} : { cause }),
  });
}

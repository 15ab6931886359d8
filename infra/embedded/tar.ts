import { createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { createGunzip } from 'node:zlib';

/**
 * Unpacks a template (a gzipped ustar archive, as PGlite dumps it) file by file. PGlite could load it itself,
 * but holds the whole archive in memory then: 130 MB more, which never come back.
 */
const BLOCK = 512;
const DIRECTORY = '5';

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly isDirectory: boolean;
}

function textField(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}

function parseHeader(header: Buffer): Entry | undefined {
  const name = textField(header, 0, 100);
  if (name === '') return undefined;
  const prefix = textField(header, 345, 155);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    size: Number.parseInt(textField(header, 124, 12).trim() || '0', 8),
    isDirectory: textField(header, 156, 1) === DIRECTORY,
  };
}

/** Hands out exact numbers of bytes from a stream of chunks. */
function createByteReader(chunks: AsyncIterator<Buffer>): (length: number) => Promise<Buffer | undefined> {
  let held: Buffer = Buffer.alloc(0);
  return async (length) => {
    const parts = [held];
    let size = held.length;
    while (size < length) {
      const next = await chunks.next();
      if (next.done === true) return undefined;
      parts.push(next.value);
      size += next.value.length;
    }
    const all = parts.length === 1 ? held : Buffer.concat(parts);
    held = all.subarray(length);
    return all.subarray(0, length);
  };
}

/** Unpacks `archive` into `folder`. Raises an Error when it is cut short or names a path outside the folder. */
export async function unpack(archive: string, folder: string): Promise<void> {
  const stream = createReadStream(archive);
  const chunks = stream.pipe(createGunzip());
  stream.on('error', (error) => chunks.destroy(error));
  const read = createByteReader(chunks[Symbol.asyncIterator]() as AsyncIterator<Buffer>);
  await mkdir(folder, { recursive: true });
  for (;;) {
    const header = await read(BLOCK);
    if (!header) throw new Error(`the archive ${archive} is cut short`);
    const entry = parseHeader(header);
    if (!entry) break;
    const body = await read(Math.ceil(entry.size / BLOCK) * BLOCK);
    if (!body) throw new Error(`the archive ${archive} is cut short`);
    await write(folder, entry, body.subarray(0, entry.size));
  }
  chunks.destroy();
  stream.destroy();
}

async function write(folder: string, entry: Entry, content: Buffer): Promise<void> {
  const path = join(folder, entry.path);
  if (path !== normalize(folder) && !path.startsWith(normalize(folder) + sep)) {
    throw new Error(`the archive names a path outside its folder: ${entry.path}`);
  }
  if (entry.isDirectory) {
    await mkdir(path, { recursive: true });
  } else {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode: 0o600 });
  }
}

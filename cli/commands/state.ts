import { readFile, writeFile } from 'node:fs/promises';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { ApiClient } from '../api-client.js';
import { asTrainer, type RemoteOptions } from '../as-trainer.js';

export interface StateOptions extends RemoteOptions {
  readonly get?: string;
  readonly put?: string;
  readonly delete?: string;
  readonly export?: string;
  readonly import?: string;
  readonly reset?: boolean;
  readonly text?: string;
  readonly after?: string;
  readonly limit?: number;
}

interface Found {
  readonly id: string;
  readonly version: number;
  readonly document: JsonObject;
}

/** `sandbox state`: looks into what a mock knows, and changes it. */
export async function state(
  block: string,
  collection: string | undefined,
  options: StateOptions,
): Promise<void> {
  assertOneWish(options);
  const root = `/blocks/${encodeURIComponent(block)}/state`;
  const [data, text] = await asTrainer(options, (trainer) => answer(trainer, root, collection, options));
  process.stdout.write(options.json === true ? `${JSON.stringify(data)}\n` : `${text}\n`);
}

type Answer = readonly [data: unknown, text: string];

async function answer(
  trainer: ApiClient,
  root: string,
  collection: string | undefined,
  options: StateOptions,
): Promise<Answer> {
  if (options.reset === true) {
    await trainer.post(`${root}/reset`);
    return [{ reset: true }, 'The block is as new.'];
  }
  if (options.export !== undefined) {
    const dump = await trainer.get<{ collections: Readonly<Record<string, readonly Json[]>> }>(
      `${root}/export`,
    );
    await writeFile(options.export, `${JSON.stringify(dump, undefined, 2)}\n`);
    return [{ exported: counts(dump.collections) }, `Written: ${options.export}`];
  }
  if (options.import !== undefined) {
    const { imported } = await trainer.post<{ imported: Record<string, number> }>(
      `${root}/import`,
      await readObject(options.import),
    );
    return [{ imported }, listed(imported)];
  }
  if (collection === undefined) {
    if (options.get !== undefined || options.put !== undefined || options.delete !== undefined)
      throw new SandboxError('GSB-REQ-001', {
        detail: 'Name the collection, as in: sandbox state payments payers --get ID',
      });
    const found = await trainer.get<{
      collections: readonly { name: string; title: string; documents: number }[];
    }>(root);
    return [
      found,
      found.collections.map(({ name, title, documents }) => `${name}  ${documents}  ${title}`).join('\n'),
    ];
  }
  return inCollection(trainer, `${root}/${encodeURIComponent(collection)}`, options);
}

async function inCollection(trainer: ApiClient, place: string, options: StateOptions): Promise<Answer> {
  const at = (id: string): string => `${place}/${encodeURIComponent(id)}`;
  if (options.get !== undefined) {
    const found = await trainer.get<Found>(at(options.get));
    return [found, JSON.stringify(found, undefined, 2)];
  }
  if (options.delete !== undefined) {
    await trainer.delete(at(options.delete));
    return [{ deleted: options.delete }, `Gone: ${options.delete}`];
  }
  if (options.put !== undefined) {
    const { id, version, document } = written(await readObject(options.put));
    await trainer.put(at(id), document, version === undefined ? {} : { 'if-match': `"${version}"` });
    const now = await trainer.get<Found>(at(id));
    return [now, `Written: ${id}, version ${now.version}`];
  }
  const query = new URLSearchParams({ limit: String(options.limit ?? 50) });
  if (options.text !== undefined) query.set('text', options.text);
  if (options.after !== undefined) query.set('after', options.after);
  const page = await trainer.get<{ documents: readonly Found[]; next?: string }>(
    `${place}?${query.toString()}`,
  );
  const lines = page.documents.map(
    ({ id, version, document }) => `${id}  (${version})  ${JSON.stringify(document)}`,
  );
  const more = page.next === undefined ? [] : [`There are more: --after ${page.next}`];
  return [page, [...lines, ...more].join('\n')];
}

/** What `--get` prints can be edited and put back: it says which version it was. A bare document is a new one. */
function written(file: JsonObject): { id: string; version: number | undefined; document: JsonObject } {
  const { id, version, document, _id } = file;
  if (typeof id === 'string' && typeof version === 'number' && isJsonObject(document))
    return { id, version, document };
  if (typeof _id === 'string') return { id: _id, version: undefined, document: file };
  throw new SandboxError('GSB-REQ-001', {
    detail:
      'The file must be what --get prints, edited ({id, version, document}), or a new document with its _id.',
  });
}

async function readObject(file: string): Promise<JsonObject> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SandboxError('GSB-REQ-002', { detail: `${file} could not be read.`, cause: error });
  });
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new SandboxError('GSB-REQ-001', { detail: `${file} is no JSON.`, cause: error });
  }
  if (isJsonObject(value)) return value;
  throw new SandboxError('GSB-REQ-001', { detail: `${file} must hold a JSON object.` });
}

function assertOneWish(options: StateOptions): void {
  const wishes = ['get', 'put', 'delete', 'export', 'import', 'reset'] as const;
  const given = wishes.filter((wish) => options[wish] !== undefined);
  if (given.length < 2) return;
  throw new SandboxError('GSB-REQ-001', {
    detail: `Give one of --${given.join(', --')}, not several.`,
  });
}

function counts(collections: Readonly<Record<string, readonly Json[]>>): Record<string, number> {
  return Object.fromEntries(Object.entries(collections).map(([name, docs]) => [name, docs.length]));
}

function listed(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, documents]) => `${name}  ${documents}`)
    .join('\n');
}

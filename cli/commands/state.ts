import { readFile, writeFile } from 'node:fs/promises';
import { blockIds } from '../../contracts/block.js';
import type { CollectionCount, StatePage } from '../../contracts/block-state.js';
import type { Json } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { ApiClient } from '../api-client.js';
import { paint } from '../paint.js';
import { createTrainer, type TrainerOptions } from '../trainer.js';

export interface StateOptions extends TrainerOptions {
  readonly collection?: string;
  readonly text?: string;
  readonly after?: string;
  readonly limit?: number;
  readonly put?: string;
  readonly delete?: string;
  readonly file?: string;
  readonly export?: string;
  readonly import?: string;
  readonly replace?: boolean;
  readonly reset?: boolean;
  readonly json?: boolean;
}

/** `sandbox state BLOCK`: shows, edits, exports, imports or resets what a building block of a running sandbox keeps. */
export async function state(block: string, options: StateOptions): Promise<void> {
  if (!blockIds.some((id) => id === block))
    throw new SandboxError('GSB-REQ-002', {
      detail: `There is no building block ${block}. There are: ${blockIds.join(', ')}.`,
    });
  const { api } = await createTrainer(options);
  const { answer, text } = await perform(api, `/blocks/${block}/state`, options);
  process.stdout.write(options.json === true ? `${JSON.stringify(answer)}\n` : `${text}\n`);
}

interface Done {
  readonly answer: object;
  readonly text: string;
}

async function perform(trainer: ApiClient, root: string, options: StateOptions): Promise<Done> {
  const { collection } = options;
  if (options.reset === true) {
    await trainer.post(`${root}/reset`);
    return { answer: { reset: true }, text: 'The block was emptied and seeded anew.' };
  }
  if (options.export !== undefined) {
    const state = await trainer.get<object>(`${root}/export`);
    await writeFile(options.export, `${JSON.stringify(state, null, 2)}\n`);
    return { answer: { written: options.export }, text: `Written to ${options.export}.` };
  }
  if (options.import !== undefined) {
    const state = jsonIn(options.import, await readFile(options.import, 'utf8')) as object;
    const given = options.replace === true ? { ...state, replace: true } : state;
    const answer = await trainer.post<{ documents: number }>(`${root}/import`, given);
    return { answer, text: `${answer.documents} documents were written.` };
  }
  if (collection !== undefined) return inCollection(trainer, `${root}/${collection}`, options);
  if (options.put !== undefined || options.delete !== undefined)
    throw new SandboxError('GSB-REQ-001', { detail: '--put and --delete need --collection.' });
  const answer = await trainer.get<{ collections: readonly CollectionCount[] }>(root);
  const lines = answer.collections.map(({ name, documents }) => `${String(documents).padStart(8)}  ${name}`);
  return { answer, text: lines.join('\n') };
}

async function inCollection(trainer: ApiClient, path: string, options: StateOptions): Promise<Done> {
  if (options.put !== undefined) {
    if (options.file === undefined)
      throw new SandboxError('GSB-REQ-001', { detail: '--put needs --file with the document as JSON.' });
    const document = jsonIn(options.file, await readFile(options.file, 'utf8'));
    await trainer.put(`${path}/${encodeURIComponent(options.put)}`, document);
    return { answer: { put: options.put }, text: `${options.put} was written.` };
  }
  if (options.delete !== undefined) {
    await trainer.delete(`${path}/${encodeURIComponent(options.delete)}`);
    return { answer: { deleted: options.delete }, text: `${options.delete} is gone.` };
  }
  const query = new URLSearchParams();
  for (const name of ['text', 'after', 'limit'] as const)
    if (options[name] !== undefined) query.set(name, String(options[name]));
  const answer = await trainer.get<StatePage>(`${path}?${query.toString()}`);
  const lines = answer.documents.map(({ _id, ...rest }) => `${paint('bold', _id)} ${JSON.stringify(rest)}`);
  const more = answer.next === undefined ? [] : [`There is more: --after '${answer.next}'`];
  return { answer, text: [...lines, ...more].join('\n') || 'Nothing.' };
}

function jsonIn(file: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new SandboxError('GSB-REQ-001', { detail: `${file} is not JSON.`, cause });
  }
}

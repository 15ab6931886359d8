import { blockIds } from '../../contracts/block.js';
import type { JournalSummary } from '../../contracts/request-journal.js';
import type { ApiClient } from '../api-client.js';
import { entryLine } from '../entry-line.js';
import { readEvents } from '../live/server-sent-events.js';
import { stopOnSignals } from '../stop-on-signals.js';
import { createTrainer, type TrainerOptions } from '../trainer.js';

export interface JournalOptions extends TrainerOptions {
  readonly follow?: boolean;
  readonly operation?: string;
  readonly status?: string;
  readonly rule?: string;
  readonly text?: string;
  readonly since?: string;
  readonly limit: number;
  readonly json?: boolean;
}

interface JournalAnswer {
  readonly entries: readonly JournalSummary[];
}

/** `sandbox journal`: what a block was asked and what it answered, as a trainer sees it. Exit code 2 for an unknown block. */
export async function journal(block: string, options: JournalOptions): Promise<void> {
  if (!blockIds.some((known) => known === block)) {
    process.exitCode = 2;
    process.stderr.write(
      `There is no building block ${block}. There are: ${blockIds.join(', ')}.\n→ Name one of these.\n`,
    );
    return;
  }
  const { api } = await createTrainer(options);
  const path = `/blocks/${block}/journal`;
  const { entries } = await api.get<JournalAnswer>(`${path}?${searchOf(options).toString()}`);
  for (const entry of [...entries].reverse()) process.stdout.write(entryLine(entry, options.json));
  if (options.follow === true) await follow(api, path, options, entries[0]?.entry);
}

/** What comes is searched by the server as well: the stream only says that there is something. */
async function follow(
  api: ApiClient,
  path: string,
  options: JournalOptions,
  newest: number | undefined,
): Promise<void> {
  const stopping = new AbortController();
  const stop = stopOnSignals();
  void stop.asked.then(() => stopping.abort());
  const cursor = newest === undefined ? '' : `?after=${newest}`;
  try {
    for await (const { data } of readEvents(await api.stream(`${path}/stream${cursor}`, stopping.signal))) {
      const entry = JSON.parse(data) as JournalSummary;
      if (await isWanted(api, path, options, entry)) process.stdout.write(entryLine(entry, options.json));
    }
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  } finally {
    stop.forget();
  }
}

async function isWanted(
  api: ApiClient,
  path: string,
  options: JournalOptions,
  { entry }: JournalSummary,
): Promise<boolean> {
  const { operation, status, rule, text } = options;
  if ([operation, status, rule, text].every((wish) => wish === undefined)) return true;
  const query = searchOf({ ...options, limit: 1 });
  query.set('after', String(entry + 1));
  const { entries } = await api.get<JournalAnswer>(`${path}?${query.toString()}`);
  return entries[0]?.entry === entry;
}

function searchOf({ operation, status, rule, text, since, limit }: JournalOptions): URLSearchParams {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const [name, value] of Object.entries({ operation, status, rule, text, since })) {
    if (value !== undefined) query.set(name, value);
  }
  return query;
}

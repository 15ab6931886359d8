import { readConfig } from '../../app/config.js';
import { blockIds } from '../../contracts/block.js';
import { SandboxError } from '../../contracts/problems.js';
import type { JournalSummary } from '../../contracts/request-journal.js';
import { createAccess } from '../access.js';
import { ApiRefusal, type ApiClient } from '../api-client.js';
import { entryLine } from '../entry-line.js';
import { readEvents } from '../live/server-sent-events.js';
import { stopOnSignals } from '../stop-on-signals.js';

export interface JournalOptions {
  readonly follow?: boolean;
  readonly operation?: string;
  readonly status?: string;
  readonly rule?: string;
  readonly text?: string;
  readonly since?: string;
  readonly limit: number;
  /** Where the sandbox answers; PUBLIC_URL or PORT of this environment when absent. */
  readonly url?: string;
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
  const { publicUrl, keycloakUrl } = readConfig(process.env);
  const origin = (options.url ?? publicUrl).replace(/\/+$/, '');
  try {
    const api = createAccess({ origin, realmOrigin: keycloakUrl }).as(await trainerAt(origin));
    const path = `/blocks/${block}/journal`;
    const { entries } = await api.get<JournalAnswer>(`${path}?${searchOf(options).toString()}`);
    for (const entry of [...entries].reverse()) process.stdout.write(entryLine(entry, options.json));
    if (options.follow === true) await follow(api, path, options, entries[0]?.entry);
  } catch (error) {
    throw asProblem(error, origin);
  }
}

/** What comes is searched by the server as well: the stream only says that there is something. */
async function follow(
  api: ApiClient,
  path: string,
  options: JournalOptions,
  newest: number | undefined,
): Promise<void> {
  const stopping = new AbortController();
  void stopOnSignals().then(() => stopping.abort());
  const cursor = newest === undefined ? '' : `?after=${newest}`;
  try {
    for await (const { data } of readEvents(await api.stream(`${path}/stream${cursor}`, stopping.signal))) {
      const entry = JSON.parse(data) as JournalSummary;
      if (await isWanted(api, path, options, entry)) process.stdout.write(entryLine(entry, options.json));
    }
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
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

/** The running sandbox knows its personas; the first trainer is asked, as in the console. */
async function trainerAt(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/personas`);
  const { personas } = (await response.json()) as {
    personas: readonly { readonly id: string; readonly roles: readonly string[] }[];
  };
  return personas.find(({ roles }) => roles.includes('trainer'))?.id ?? 'trainer';
}

function asProblem(error: unknown, origin: string): SandboxError {
  if (error instanceof SandboxError) return error;
  if (error instanceof ApiRefusal)
    return new SandboxError(error.status === 403 ? 'GSB-AUT-002' : 'GSB-REQ-001', { detail: error.message });
  return new SandboxError('GSB-CFG-007', {
    detail: `No sandbox answers at ${origin}. Start one with sandbox up, or name another address with --url.`,
    cause: error,
  });
}

import type { Document, DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Journal, JournalEntry } from '../../contracts/journal.js';
import type { Json, JsonObject } from '../../contracts/json.js';

/**
 * One thing that lies in a workspace, without the workspace's name: a document of a collection, an entry of a stream,
 * a job that a building block has still to do.
 */
export type Item =
  | { readonly k: 'doc'; readonly c: string; readonly d: Document }
  | { readonly k: 'log'; readonly s: string; readonly e: Json; readonly p?: Json }
  | { readonly k: 'job'; readonly n: string; readonly d: JsonObject };

export interface ContentDeps {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  /** What building blocks have still to do in the workspace. */
  readonly jobs: {
    list(workspace: WorkspaceId): Promise<readonly { readonly name: string; readonly data: JsonObject }[]>;
    add(workspace: WorkspaceId, name: string, data: JsonObject): Promise<void>;
  };
}

const PAGE = 500;
/** About the workspace, or kept beside it: never part of what lies in it. */
const BESIDE = new Set(['workspaces', 'clocks', 'snapshots', 'snapshot-parts']);

/** Everything that lies in a workspace at which nobody works, one by one. */
export async function* contentsOf(deps: ContentDeps, workspace: WorkspaceId): AsyncGenerator<Item> {
  const prefix = `${workspace}/`;
  for (const name of await collectionsIn(deps.documents)) {
    const collection = deps.documents.collection(name);
    for (let after: string | undefined; ;) {
      const page = await collection.find({
        idPrefix: prefix,
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      for (const { doc } of page)
        yield { k: 'doc', c: name, d: { ...doc, _id: doc._id.slice(prefix.length) } };
      after = page.at(-1)?.doc._id;
      if (page.length < PAGE) break;
    }
  }
  for (const stream of await deps.journal.streams(prefix)) {
    for (let after = 0; ; after += PAGE) {
      const page = await deps.journal.read(stream, { after, limit: PAGE });
      for (const { event, payload } of page)
        yield {
          k: 'log',
          s: stream.slice(prefix.length),
          e: event,
          ...(payload === undefined ? {} : { p: payload }),
        };
      if (page.length < PAGE) break;
    }
  }
  for (const { name, data } of await deps.jobs.list(workspace)) yield { k: 'job', n: name, d: data };
}

/** Writes items into a workspace in which their streams do not exist. Documents that are there go on with their versions. */
export async function fillWith(
  deps: ContentDeps,
  workspace: WorkspaceId,
  items: AsyncIterable<Item> | Iterable<Item>,
): Promise<void> {
  const prefix = `${workspace}/`;
  let docs: Document[] = [];
  let entries: JournalEntry[] = [];
  let into = '';
  const flush = async (): Promise<void> => {
    if (docs.length > 0) await deps.documents.collection(into).putMany(docs);
    if (entries.length > 0) await deps.journal.append(prefix + into, 'any', entries);
    docs = [];
    entries = [];
  };
  for await (const item of items) {
    const target = item.k === 'doc' ? item.c : item.k === 'log' ? item.s : '';
    if (target !== into || docs.length + entries.length >= PAGE) await flush();
    into = target;
    switch (item.k) {
      case 'doc':
        docs.push({ ...item.d, _id: prefix + item.d._id });
        break;
      case 'log':
        entries.push({ event: item.e, ...(item.p === undefined ? {} : { payload: item.p }) });
        break;
      case 'job':
        await deps.jobs.add(workspace, item.n, item.d);
        break;
    }
  }
  await flush();
}

/** Removes the streams, and the documents that are none of these. */
export async function emptyBut(
  deps: ContentDeps,
  workspace: WorkspaceId,
  kept: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const prefix = `${workspace}/`;
  for (const name of await collectionsIn(deps.documents)) {
    const collection = deps.documents.collection(name);
    const ids = kept.get(name);
    if (ids === undefined) {
      await collection.deleteByPrefix(prefix);
      continue;
    }
    for (let after: string | undefined; ;) {
      const page = await collection.find({
        idPrefix: prefix,
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      for (const { doc } of page)
        if (!ids.has(doc._id.slice(prefix.length))) await collection.delete(doc._id);
      after = page.at(-1)?.doc._id;
      if (page.length < PAGE) break;
    }
  }
  await deps.journal.deleteByPrefix(prefix);
}

/** Removes everything, snapshots included. Only the workspace's entry in the register and its clock are left. */
export async function emptyWholly(
  deps: Pick<ContentDeps, 'documents' | 'journal'>,
  workspace: WorkspaceId,
): Promise<void> {
  const prefix = `${workspace}/`;
  for (const name of await deps.documents.collections())
    await deps.documents.collection(name).deleteByPrefix(prefix);
  await deps.journal.deleteByPrefix(prefix);
}

async function collectionsIn(documents: DocumentStore): Promise<readonly string[]> {
  return (await documents.collections()).filter((name) => !BESIDE.has(name));
}

import type { z } from 'zod';
import type { BlockId, BlockState, StateDocument } from '../../contracts/block.js';
import type { Document, Stored } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { isJsonObject, type JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { CollectionDefinition } from './block-definition.js';
import { COMMITS, type CommitLog } from './commit-log.js';
import type { RecordingScope, ScopedCollection } from './state.js';

export interface StateBrowserDeps<S> {
  readonly block: BlockId;
  readonly collections: Readonly<Record<string, CollectionDefinition<S>>>;
  readonly open: (workspace: WorkspaceId) => {
    readonly scope: RecordingScope;
    readonly state: S;
    readonly log: CommitLog;
  };
  readonly now: (workspace: WorkspaceId) => Date;
  /** Runs while no operation of the block writes. */
  readonly exclusively: <T>(workspace: WorkspaceId, work: () => Promise<T>) => Promise<T>;
}

const SCANNED_AT_ONCE = 500;
const WRITTEN_AT_ONCE = 1_000;
const LONGEST_ID = 500;

/** Lets people look into a block's state and change it: every document is checked by the block, every write holds its lock. */
export function createStateBrowser<S>(deps: StateBrowserDeps<S>): BlockState {
  const { block, open } = deps;

  function names(scope: RecordingScope): readonly string[] {
    return scope.names().filter((name) => name !== COMMITS);
  }

  function at(workspace: WorkspaceId, name: string): ScopedCollection<Document> {
    const { scope } = open(workspace);
    const known = names(scope);
    if (!known.includes(name))
      throw new SandboxError('GSB-REQ-002', {
        detail: `The state of ${block} has no collection ${name}; it has ${known.join(', ')}.`,
      });
    if (isSecret(name))
      throw new SandboxError('GSB-AUT-002', { detail: `What ${name} of ${block} holds is shown to nobody.` });
    return scope.declared(name);
  }

  const isSecret = (name: string): boolean => deps.collections[name]?.secret === true;

  async function checked(
    workspace: WorkspaceId,
    name: string,
    id: string,
    given: JsonObject,
  ): Promise<Document> {
    if (id.length > LONGEST_ID)
      throw unfit([{ pointer: '/_id', message: `has more than ${LONGEST_ID} characters` }]);
    if (given._id !== undefined && given._id !== id)
      throw unfit([{ pointer: '/_id', message: `must be ${id}, as in the address, or absent` }]);
    const { _id: _same, ...members } = given;
    const definition = deps.collections[name];
    const parsed = definition?.schema?.safeParse(members);
    if (parsed?.success === false) throw unfit(parsed.error.issues.map(toProblem));
    const doc: Document = { ...members, _id: id };
    const { state } = open(workspace);
    return (await definition?.complete?.({ state, now: deps.now(workspace) }, doc)) ?? doc;
  }

  /** What a crash left open, or what is still to be closed, would be done again over this write. */
  async function prepare(workspace: WorkspaceId): Promise<void> {
    const { log } = open(workspace);
    await log.recover();
    await log.seal();
  }

  async function existing(workspace: WorkspaceId, name: string, id: string): Promise<Stored<Document>> {
    const found = await at(workspace, name).get(id);
    if (found === undefined)
      throw new SandboxError('GSB-REQ-002', { detail: `${name} of ${block} has no document ${id}.` });
    return found;
  }

  return {
    collections: async (workspace) => {
      const { scope, log } = open(workspace);
      await log.recover();
      return Promise.all(
        names(scope).map(async (name) => ({
          name,
          title: deps.collections[name]?.title ?? name,
          documents: await scope.declared(name).count(),
          secret: isSecret(name),
        })),
      );
    },
    list: async (workspace, name, { after, limit, text }) => {
      const collection = at(workspace, name);
      const wanted = text?.toLowerCase();
      const found: StateDocument[] = [];
      let from = after;
      for (;;) {
        const size = wanted === undefined ? limit + 1 : SCANNED_AT_ONCE;
        const page = await collection.find({ limit: size, ...(from === undefined ? {} : { after: from }) });
        for (const stored of page) {
          if (wanted !== undefined && !JSON.stringify(stored.doc).toLowerCase().includes(wanted)) continue;
          const last = found.at(-1);
          if (found.length === limit && last !== undefined) return { documents: found, next: last.id };
          found.push(toDocument(stored));
        }
        from = page.at(-1)?.doc._id;
        if (page.length < size || from === undefined) return { documents: found };
      }
    },
    get: async (workspace, name, id) => toDocument(await existing(workspace, name, id)),
    put: (workspace, name, id, given, version) =>
      deps.exclusively(workspace, async () => {
        const collection = at(workspace, name);
        await prepare(workspace);
        const before = await collection.get(id);
        assertVersion(id, before?.version, version);
        const doc = await checked(workspace, name, id, given);
        const written =
          before === undefined ? await collection.insert(doc) : await collection.replace(doc, before.version);
        if (!written) throw conflict(`${id} was written meanwhile`);
        return { ...toDocument(await existing(workspace, name, id)), created: before === undefined };
      }),
    remove: (workspace, name, id, version) =>
      deps.exclusively(workspace, async () => {
        const collection = at(workspace, name);
        await prepare(workspace);
        const before = await existing(workspace, name, id);
        if (version !== undefined) assertVersion(id, before.version, version);
        await collection.delete(id);
      }),
    export: async (workspace) => {
      const { scope, log } = open(workspace);
      await log.recover();
      const collections: Record<string, JsonObject[]> = {};
      for (const name of names(scope).filter((one) => !isSecret(one)))
        collections[name] = (await all(scope.declared(name))).map(({ doc }) => doc as unknown as JsonObject);
      return { block, collections };
    },
    import: (workspace, { block: from, collections }) =>
      deps.exclusively(workspace, async () => {
        if (from !== block)
          throw unfit([{ pointer: '/block', message: `is ${from}; this is the state of ${block}` }]);
        const checkedDocs = new Map<string, Document[]>();
        // In the order of the block's own list: what a document is checked against is imported with it.
        for (const [name, docs] of Object.entries(collections))
          checkedDocs.set(name, await checkedAll(workspace, name, docs));
        await prepare(workspace);
        await open(workspace).log.clear();
        for (const [name, docs] of checkedDocs) {
          const collection = at(workspace, name);
          await collection.deleteByPrefix('');
          for (let start = 0; start < docs.length; start += WRITTEN_AT_ONCE)
            await collection.putMany(docs.slice(start, start + WRITTEN_AT_ONCE));
        }
        return Object.fromEntries([...checkedDocs].map(([name, docs]) => [name, docs.length]));
      }),
  };

  /** By shape only: what a document refers to may come with the same import. */
  function checkedAll(
    workspace: WorkspaceId,
    name: string,
    docs: readonly JsonObject[],
  ): Promise<Document[]> {
    at(workspace, name);
    const seen = new Set<string>();
    return Promise.resolve(
      docs.map((given, index): Document => {
        const place = `/collections/${name}/${index}`;
        const { _id: id, ...members } = isJsonObject(given) ? given : {};
        if (typeof id !== 'string' || id === '' || id.length > LONGEST_ID)
          throw unfit([{ pointer: `${place}/_id`, message: 'must be the id, a text' }]);
        if (seen.has(id)) throw unfit([{ pointer: `${place}/_id`, message: `${id} is there twice` }]);
        seen.add(id);
        const parsed = deps.collections[name]?.schema?.safeParse(members);
        if (parsed?.success === false)
          throw unfit(
            parsed.error.issues.map(toProblem).map((one) => ({ ...one, pointer: place + one.pointer })),
          );
        return { ...members, _id: id };
      }),
    );
  }
}

async function all(collection: ScopedCollection<Document>): Promise<readonly Stored<Document>[]> {
  const found: Stored<Document>[] = [];
  for (;;) {
    const after = found.at(-1)?.doc._id;
    const page = await collection.find({ limit: 1_000, ...(after === undefined ? {} : { after }) });
    if (page.length === 0) return found;
    found.push(...page);
  }
}

function toDocument({ doc, version }: Stored<Document>): StateDocument {
  return { id: doc._id, version, document: doc as unknown as JsonObject };
}

function assertVersion(id: string, present: number | undefined, given: number | undefined): void {
  if (present === given) return;
  if (given === undefined)
    throw conflict(
      `${id} is there already, with version ${present ?? 0}: say with If-Match which version you change`,
    );
  if (present === undefined) throw conflict(`${id} is not there, so it has no version ${given}`);
  throw conflict(`${id} has version ${present} by now, not ${given}`);
}

function conflict(detail: string): SandboxError {
  return new SandboxError('GSB-REQ-003', { detail });
}

interface Problem {
  readonly pointer: string;
  readonly message: string;
}

function toProblem({ path, message }: z.core.$ZodIssue): Problem {
  return {
    pointer: `/${path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`,
    message,
  };
}

function unfit(errors: readonly Problem[]): SandboxError {
  return new SandboxError('GSB-REQ-001', {
    detail: errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('; '),
    extensions: { errors: errors.map((error) => ({ ...error })) },
  });
}

import type { z } from 'zod';
import type {
  BlockState,
  StateDocument,
  StateExport,
  StatePage,
  StateQuery,
} from '../../contracts/block-state.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import type { Edit, Effect } from './block-definition.js';
import type { BlockOrder } from './block-order.js';
import { applyEffects, COMMITS, type CommitLog } from './commit-log.js';
import type { RecordingScope, ScopedCollection } from './state.js';

export interface BlockStateDeps {
  readonly title: string;
  readonly open: (workspace: WorkspaceId) => { readonly scope: RecordingScope; readonly log: CommitLog };
  readonly mutex: BlockOrder;
  /** Collections that nobody looks into. */
  readonly secretCollections: readonly string[];
  /** How documents of a collection look, where the block says so; without `_id`. */
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  /** What must be written besides, so that what follows from the edited documents follows from them still. */
  readonly derive: (workspace: WorkspaceId, edits: readonly Edit[]) => Promise<readonly Effect[]>;
  /** Collections that only follow from others, and from which. */
  readonly derivedCollections: Readonly<Record<string, string>>;
}

const SCANNED_AT_ONCE = 500;
/** A search stops here, and goes on with the next page: nobody waits for a million documents. */
const MOST_SCANNED = 10_000;

/** Looks into the collections of a block. Writes hold its lock, after whatever a crash left open is done. */
export function createBlockState(deps: BlockStateDeps): BlockState {
  const { title, open, mutex, schemas } = deps;
  const hidden = new Set([COMMITS, ...deps.secretCollections]);
  const shown = (scope: RecordingScope): readonly string[] =>
    scope.names().filter((name) => !hidden.has(name));

  function collectionOf(scope: RecordingScope, name: string): ScopedCollection<StateDocument> {
    const names = shown(scope);
    if (names.includes(name)) return scope.declared(name) as ScopedCollection<StateDocument>;
    throw new SandboxError('GSB-REQ-002', {
      detail: `${title} keeps no ${name}; it keeps: ${names.join(', ')}.`,
    });
  }

  /** Raises GSB-REQ-001 naming the field. */
  function assertFits(name: string, { _id, ...content }: StateDocument): void {
    const checked = schemas[name]?.safeParse(content);
    if (checked === undefined || checked.success) return;
    const errors = checked.error.issues.map(({ path, message }) => ({
      pointer: `/${path.map(String).join('/')}`,
      message,
    }));
    throw new SandboxError('GSB-REQ-001', {
      detail: `${name} ${_id}: ${errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ')}`,
      extensions: { errors },
    });
  }

  function assertEdited(name: string): void {
    const source = deps.derivedCollections[name];
    if (source === undefined) return;
    throw new SandboxError('GSB-REQ-001', {
      detail: `${name} is not edited: it follows from ${source}, and does so after each edit of those.`,
    });
  }

  async function deriveAfter(
    workspace: WorkspaceId,
    scope: RecordingScope,
    edits: readonly Edit[],
  ): Promise<void> {
    await applyEffects(scope, await deps.derive(workspace, edits));
  }

  /** What is still open in the log would be done again over what is written here. */
  function exclusively<T>(workspace: WorkspaceId, work: (scope: RecordingScope) => Promise<T>): Promise<T> {
    return mutex.run(workspace, async () => {
      const { scope, log } = open(workspace);
      await log.recover();
      await log.seal();
      return work(scope);
    });
  }

  return {
    collections: async (workspace) => {
      const { scope } = open(workspace);
      return Promise.all(
        shown(scope).map(async (name) => ({ name, documents: await scope.declared(name).count() })),
      );
    },
    list: async (workspace, name, query) => listPage(collectionOf(open(workspace).scope, name), query),
    get: (workspace, name, id) => collectionOf(open(workspace).scope, name).get(id),
    put: (workspace, name, document, version) =>
      exclusively(workspace, async (scope) => {
        const collection = collectionOf(scope, name);
        assertEdited(name);
        assertFits(name, document);
        const before = (await collection.get(document._id))?.doc;
        if (version !== undefined && !(await collection.replace(document, version)))
          throw changedMeanwhile(name, document._id);
        const written = version === undefined ? await collection.put(document) : version + 1;
        await deriveAfter(workspace, scope, [
          { collection: name, after: document, ...(before === undefined ? {} : { before }) },
        ]);
        return (await collection.get(document._id))?.version ?? written;
      }),
    remove: (workspace, name, id, version) =>
      exclusively(workspace, async (scope) => {
        const collection = collectionOf(scope, name);
        assertEdited(name);
        const found = await collection.get(id);
        // Nobody comes in between: whatever writes here holds the lock.
        if (version !== undefined && (found?.version ?? version) !== version)
          throw changedMeanwhile(name, id);
        const removed = await collection.delete(id);
        if (found !== undefined)
          await deriveAfter(workspace, scope, [{ collection: name, before: found.doc }]);
        return removed;
      }),
    export: (workspace) =>
      exclusively(workspace, async (scope) => {
        const entries = shown(scope).map(async (name): Promise<[string, readonly StateDocument[]]> => {
          const found = await collectionOf(scope, name).find();
          return [name, found.map(({ doc }) => doc)];
        });
        return Object.fromEntries(await Promise.all(entries));
      }),
    import: (workspace, state, replace) =>
      exclusively(workspace, async (scope) => {
        for (const [name, documents] of Object.entries(state)) {
          collectionOf(scope, name);
          for (const document of documents) assertFits(name, document);
        }
        if (replace) for (const name of shown(scope)) await scope.declared(name).deleteByPrefix('');
        const written = await writeAll(scope, state);
        const edits = Object.entries(state).flatMap(([collection, documents]) =>
          documents.map((after) => ({ collection, after })),
        );
        await deriveAfter(workspace, scope, edits);
        return written;
      }),
  };
}

function changedMeanwhile(name: string, id: string): SandboxError {
  return new SandboxError('GSB-REQ-008', {
    detail: `${id} in ${name} no longer has the version that If-Match names.`,
  });
}

async function writeAll(scope: RecordingScope, state: StateExport): Promise<number> {
  let written = 0;
  for (const [name, documents] of Object.entries(state)) {
    const collection = scope.declared(name);
    for (let at = 0; at < documents.length; at += SCANNED_AT_ONCE)
      await collection.putMany(documents.slice(at, at + SCANNED_AT_ONCE));
    written += documents.length;
  }
  return written;
}

async function listPage(
  collection: ScopedCollection<StateDocument>,
  { after, limit, text }: StateQuery,
): Promise<StatePage> {
  const wanted = text?.toLowerCase();
  const documents: StateDocument[] = [];
  let last = after;
  for (let scanned = 0; scanned < MOST_SCANNED;) {
    const size = wanted === undefined ? limit - documents.length + 1 : SCANNED_AT_ONCE;
    const found = await collection.find({ ...(last === undefined ? {} : { after: last }), limit: size });
    for (const { doc } of found) {
      if (documents.length === limit) return { documents, ...(last === undefined ? {} : { next: last }) };
      if (wanted === undefined || JSON.stringify(doc).toLowerCase().includes(wanted)) documents.push(doc);
      last = doc._id;
    }
    if (found.length < size) return { documents };
    scanned += found.length;
  }
  return { documents, ...(last === undefined ? {} : { next: last }) };
}

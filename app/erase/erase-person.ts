import type { Case } from '../../contracts/case.js';
import type { Collection, Document, DocumentStore } from '../../contracts/documents.js';
import { runIdSchema, type WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { Run } from '../../contracts/run.js';
import { runOfStream, streams } from '../../contracts/streams.js';
import { createCollector, isAbout, mentions, scrubbed, type PersonalValues } from './personal-values.js';

export interface ErasePersonDeps {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  /** Cancels a run of the person and waits until it has ended. */
  readonly cancel: (workspace: WorkspaceId, run: Run) => Promise<void>;
  /** Keeps everything else out of the workspace. */
  readonly alone: <T>(workspace: WorkspaceId, work: () => Promise<T>) => Promise<T>;
  /** Empties what was asked of the blocks, which is kept in memory as well. */
  readonly clearRequests: (workspace: WorkspaceId) => Promise<void>;
  /** What the store still has of what was removed goes as well; undefined where the store does that by itself. */
  readonly forgetRemoved?: (() => Promise<void>) | undefined;
}

export interface ErasedPerson {
  readonly person: string;
  readonly cancelledRuns: number;
  readonly documentsRemoved: number;
  readonly documentsScrubbed: number;
  readonly payloadsErased: number;
  readonly snapshotsRemoved: number;
}

const PAGE = 500;
const ENDED: readonly string[] = ['completed', 'faulted', 'cancelled'];
/** Money must go on adding up: entries stay, without whom they are about. */
const MONEY = /^mock-(payments|financial-institution)-/;
const KEEPS_REFERENCE = new Set(['cases', 'runs', 'claims', 'tasks']);
const SNAPSHOTS = ['snapshots', 'snapshot-parts'];
const OF_ACCOUNTS = ['identity-sessions', 'identity-provider'];

/**
 * Erases one person from a workspace: documents about the person go, in others the person's values are replaced, and so
 * do the payloads that mention them. Public events hold references only and stay, so the chain of the message log holds.
 * What it needs to know goes last: an erasure that was cut short is done again by asking for it again.
 * GSB-REQ-002 for a person of whom nothing is kept; GSB-REQ-003 while a run that is not the person's alone has money or
 * other matters of the person in hand.
 */
export function createErasePerson(deps: ErasePersonDeps) {
  const { documents, journal } = deps;

  async function* all(collection: Collection<Document>, idPrefix: string): AsyncGenerator<Document> {
    for (let after: string | undefined; ;) {
      const page = await collection.find({
        idPrefix,
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      for (const { doc } of page) yield doc;
      after = page.at(-1)?.doc._id;
      if (page.length < PAGE) return;
    }
  }

  async function collect(workspace: WorkspaceId, person: string): Promise<PersonalValues> {
    const known = await documents.collection('persons').get(`${workspace}/${person}`);
    if (known === undefined)
      throw new SandboxError('GSB-REQ-002', { detail: `Nothing is kept about a person ${person} here.` });
    const collector = createCollector(person);
    collector.add(known.doc as unknown as JsonObject);
    const names = (await documents.collections()).filter(
      (name) =>
        /^mock-.*-(records|persons|individuals|beneficiar)/.test(name) || name.startsWith('mock-payments'),
    );
    for (let more = true; more;) {
      more = false;
      for (const name of names)
        for await (const doc of all(documents.collection(name), `${workspace}/`)) {
          const found = doc as unknown as JsonObject;
          if (isAbout(found, collector.values) && collector.add(found)) more = true;
        }
    }
    return collector.values;
  }

  async function endRuns(workspace: WorkspaceId, values: PersonalValues): Promise<number> {
    let cancelled = 0;
    for await (const doc of all(documents.collection('runs'), `${workspace}/`)) {
      const run = doc as unknown as Run;
      if (ENDED.includes(run.status)) continue;
      if (run.person === values.person) {
        await deps.cancel(workspace, run);
        cancelled += 1;
        continue;
      }
      const records = await journal.read(streams.run(workspace, runIdSchema.parse(run.id)));
      if (records.some(({ payload }) => payload !== undefined && mentions(payload, values)))
        throw new SandboxError('GSB-REQ-003', {
          detail: `The run ${run.id} (${run.workflow.name}) has this person in hand together with others. Let it end, or cancel it, and ask again; nothing was erased.`,
        });
    }
    return cancelled;
  }

  async function eraseDocuments(
    workspace: WorkspaceId,
    values: PersonalValues,
    cases: ReadonlySet<string>,
  ): Promise<Pick<ErasedPerson, 'documentsRemoved' | 'documentsScrubbed' | 'snapshotsRemoved'>> {
    const counts = { documentsRemoved: 0, documentsScrubbed: 0, snapshotsRemoved: 0 };
    for (const name of await documents.collections()) {
      const collection = documents.collection<Document>(name);
      if (SNAPSHOTS.includes(name)) {
        const removed = await collection.deleteByPrefix(`${workspace}/`);
        if (name === 'snapshots') counts.snapshotsRemoved = removed;
        continue;
      }
      if (name === 'persons') continue;
      const prefix = OF_ACCOUNTS.includes(name) ? '' : `${workspace}/`;
      for await (const doc of all(collection, prefix)) {
        const found = doc as unknown as JsonObject;
        const fate = fateOf(name, found, values, cases);
        if (fate === undefined) continue;
        if (fate === 'remove') {
          await collection.delete(doc._id);
          counts.documentsRemoved += 1;
        } else {
          if (fate['_id'] !== doc._id) await collection.delete(doc._id);
          await collection.put(fate as unknown as Document);
          counts.documentsScrubbed += 1;
        }
      }
    }
    return counts;
  }

  async function erasePayloads(
    workspace: WorkspaceId,
    values: PersonalValues,
    cases: ReadonlySet<string>,
  ): Promise<number> {
    const own = new Set<string>();
    for await (const doc of all(documents.collection('runs'), `${workspace}/`))
      if ((doc as unknown as Run).person === values.person) own.add((doc as unknown as Run).id);
    let erased = 0;
    for (const stream of await journal.streams(`${workspace}/`)) {
      const run = runOfStream(stream) ?? /^[^/]+\/inbox\/(.+)$/.exec(stream)?.[1];
      for (let after = 0; ; after += PAGE) {
        const page = await journal.read(stream, { after, limit: PAGE });
        const seqs = page
          .filter(({ payload }) => payload !== undefined)
          .filter(
            ({ event, payload }) =>
              (run !== undefined && own.has(run)) ||
              isOfCase(event, cases) ||
              mentions(payload ?? null, values),
          )
          .map(({ seq }) => seq);
        if (seqs.length > 0) await journal.erasePayloads(stream, seqs);
        erased += seqs.length;
        if (page.length < PAGE) break;
      }
    }
    return erased;
  }

  return async (workspace: WorkspaceId, person: string): Promise<ErasedPerson> => {
    const before = await collect(workspace, person);
    const cancelledRuns = await endRuns(workspace, before);
    const done = await deps.alone(workspace, async () => {
      const values = await collect(workspace, person);
      const cases = new Set<string>();
      for await (const doc of all(documents.collection('cases'), `${workspace}/`))
        if ((doc as unknown as Case).person === person) cases.add((doc as unknown as Case).id);
      await deps.clearRequests(workspace);
      const payloadsErased = await erasePayloads(workspace, values, cases);
      const counts = await eraseDocuments(workspace, values, cases);
      await documents.collection('persons').delete(`${workspace}/${person}`);
      return { person, cancelledRuns, payloadsErased, ...counts };
    });
    await deps.forgetRemoved?.();
    return done;
  };
}

/** What becomes of a document: undefined where it has nothing to do with the person. */
function fateOf(
  name: string,
  doc: JsonObject,
  values: PersonalValues,
  cases: ReadonlySet<string>,
): 'remove' | JsonObject | undefined {
  if (OF_ACCOUNTS.includes(name))
    return JSON.stringify(doc).includes(`"${values.person}"`) || mentions(doc, values) ? 'remove' : undefined;
  if (name === 'person-index') return doc['person'] === values.person ? 'remove' : undefined;
  if (name === 'tasks' && (doc['person'] === values.person || cases.has(textAt(doc, 'caseId')))) {
    const { result: _result, outcome: _outcome, ...rest } = doc;
    return scrubbed({ ...rest, data: {} }, values) as JsonObject;
  }
  const own = isAbout(doc, values);
  const scrubs = KEEPS_REFERENCE.has(name) || MONEY.test(name);
  if (own && !scrubs) return 'remove';
  if (name.endsWith('-commits') && JSON.stringify(doc).includes(`"${values.person}"`) && !scrubs)
    return 'remove';
  return own || mentions(doc, values) ? changed(doc, values) : undefined;
}

function changed(doc: JsonObject, values: PersonalValues): JsonObject | undefined {
  const clean = scrubbed(doc, values) as JsonObject;
  return JSON.stringify(clean) === JSON.stringify(doc) ? undefined : clean;
}

function isOfCase(event: Json, cases: ReadonlySet<string>): boolean {
  if (!isJsonObject(event)) return false;
  const origin = event['origin'];
  return isJsonObject(origin) && cases.has(textAt(origin, 'caseId'));
}

function textAt(doc: JsonObject, name: string): string {
  const value = doc[name];
  return typeof value === 'string' ? value : '';
}

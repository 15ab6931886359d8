import type { BlockId, Fault, FaultCount, Faults, FaultTarget, Strike } from '../../contracts/block.js';
import type { Clock } from '../../contracts/clock.js';
import type { Document, DocumentStore } from '../../contracts/documents.js';
import { changeDocument } from '../../contracts/documents.js';
import { isCallbackFault } from '../../contracts/faults.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { fractionsOf } from './chance.js';

/** Faults that trainers switch on, per workspace; kept across restarts. */
export interface FaultBoard extends Faults {
  /** Adds a fault, or replaces the one with the same id. */
  add(workspace: WorkspaceId, fault: Fault): Promise<void>;
  /** False when that block has no such fault. */
  remove(workspace: WorkspaceId, block: BlockId, faultId: string): Promise<boolean>;
  /** What is switched on, with its counts; used up or expired ones left out. */
  list(workspace: WorkspaceId, block?: BlockId): Promise<readonly (Fault & FaultCount)[]>;
  /** Of one block, or of all. */
  clear(workspace: WorkspaceId, block?: BlockId): Promise<void>;
}

interface FaultDocument extends Document {
  readonly fault: Fault;
  readonly count?: FaultCount;
}

interface Held {
  readonly at: number;
  readonly documents: Promise<readonly FaultDocument[]>;
}

const NOT_YET: FaultCount = { seen: 0, hits: 0 };
const NONE: readonly Strike[] = [];
/** Other processes change faults, too: they are to be heard within a second. */
const HELD_FOR_MS = 500;

/**
 * `strike` is asked for each request of every block, so each workspace's faults are held in memory for a moment. Counts
 * are kept in the store, fenced by its versions: `times` is exact, and the nth request has the same fate whichever
 * process it comes to.
 */
export function createFaults({
  documents,
  realClock,
  random,
}: {
  readonly documents: DocumentStore;
  readonly realClock: Clock;
  /** From 0 up to 1, for faults without a seed. */
  readonly random: () => number;
}): FaultBoard {
  const store = documents.collection<FaultDocument>('faults');
  const held = new Map<WorkspaceId, Held>();

  function load(workspace: WorkspaceId): Promise<readonly FaultDocument[]> {
    const now = realClock.now().getTime();
    const known = held.get(workspace);
    if (known && Math.abs(now - known.at) < HELD_FOR_MS) return known.documents;
    return read(workspace, now);
  }

  function read(workspace: WorkspaceId, at: number): Promise<readonly FaultDocument[]> {
    const reading = store.find({ idPrefix: `${workspace}/` }).then((found) => found.map(({ doc }) => doc));
    const entry = { at, documents: reading };
    held.set(workspace, entry);
    reading.catch(() => {
      if (held.get(workspace) === entry) held.delete(workspace);
    });
    return reading;
  }

  function applies({ fault, count = NOT_YET }: FaultDocument): boolean {
    if (fault.times !== undefined && count.hits >= fault.times) return false;
    return fault.expiresAt === undefined || Date.parse(fault.expiresAt) > realClock.now().getTime();
  }

  /** Counts one more, and decides by that number. */
  async function decide(_id: string): Promise<Strike | undefined> {
    let strike: Strike | undefined;
    const counted = await changeDocument(store, _id, (doc) => {
      strike = undefined;
      if (!applies(doc)) return undefined;
      const { fault, count = NOT_YET } = doc;
      const seen = count.seen + 1;
      const draw = fault.seed === undefined ? random : fractionsOf(fault.seed, seen);
      const hit = fault.probability === undefined || draw() < fault.probability;
      if (hit) strike = { fault, draw };
      return { ...doc, count: { seen, hits: count.hits + (hit ? 1 : 0) } };
    });
    return counted === undefined ? undefined : strike;
  }

  return {
    async strike(workspace, target) {
      const all = await load(workspace);
      if (all.length === 0) return NONE;
      const strikes: Strike[] = [];
      for (const { _id, fault } of all.filter((doc) => meant(doc.fault, target) && applies(doc))) {
        const strike = await decide(_id);
        // One that is used up meanwhile is looked at no more.
        if (strike === undefined && fault.probability === undefined) held.delete(workspace);
        if (strike) strikes.push(strike);
      }
      return strikes;
    },
    async add(workspace, fault) {
      await store.put({ _id: `${workspace}/${fault.id}`, fault });
      held.delete(workspace);
    },
    async remove(workspace, block, faultId) {
      const _id = `${workspace}/${faultId}`;
      const found = await store.get(_id);
      const removed = found?.doc.fault.block === block && (await store.delete(_id));
      held.delete(workspace);
      return removed;
    },
    async list(workspace, block) {
      const all = await read(workspace, realClock.now().getTime());
      return all
        .filter((doc) => applies(doc) && (block === undefined || doc.fault.block === block))
        .map(({ fault, count = NOT_YET }) => ({ ...fault, ...count }));
    },
    async clear(workspace, block) {
      if (block === undefined) await store.deleteByPrefix(`${workspace}/`);
      else
        for (const { doc } of await store.find({ idPrefix: `${workspace}/` }))
          if (doc.fault.block === block) await store.delete(doc._id);
      held.delete(workspace);
    },
  };
}

function meant(fault: Fault, target: FaultTarget): boolean {
  if (fault.block !== target.block || isCallbackFault(fault.kind) !== (target.what === 'callback'))
    return false;
  if (fault.operationId === undefined ? target.named === true : fault.operationId !== target.operationId)
    return false;
  const client = 'client' in fault ? fault.client : undefined;
  return client === undefined || client === target.client;
}

import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

import type { Clock } from '../../../contracts/clock.js';
import type { Collection, Document, DocumentStore } from '../../../contracts/documents.js';
import { changeDocument } from '../../../contracts/documents.js';

/**
 * oidc-provider's storage on the document port, so that sign-ins survive a restart. One collection holds every
 * model; the id says which. Documents cannot expire by themselves: what is found expired counts as absent, and
 * every so many writes the rest is swept out.
 */
interface ProviderDocument extends Document {
  readonly payload: AdapterPayload;
  readonly grantId: string | null;
  readonly uid: string | null;
  readonly userCode: string | null;
  /** Seconds since 1970; null for never. */
  readonly expiresAt: number | null;
  /** Seconds since 1970; only of models that end when they are not used. */
  readonly usedAt?: number;
}

const WRITES_BETWEEN_SWEEPS = 500;
const PAGE = 500;

export interface AdapterOptions {
  readonly documents: DocumentStore;
  readonly clock: Clock;
  /** Models that end so many seconds after they were last asked for, even when their time is not over. */
  readonly idleSeconds?: Readonly<Record<string, number>>;
}

/** Use is written down at most this often, so that reading does not write. */
const NOTE_USE_AFTER_SECONDS = 60;

export function createDocumentAdapter({
  documents,
  clock,
  idleSeconds = {},
}: AdapterOptions): AdapterFactory {
  const collection = documents.collection<ProviderDocument>('identity-provider', [
    'grantId',
    'uid',
    'userCode',
  ]);
  const seconds = (): number => Math.floor(clock.now().getTime() / 1000);
  const sweep = createSweep(collection, seconds);

  return (model): Adapter => {
    const idOf = (id: string): string => `${model}:${id}`;
    const idle = idleSeconds[model];
    const live = async (doc: ProviderDocument | undefined): Promise<AdapterPayload | undefined> => {
      if (doc === undefined || (doc.expiresAt !== null && doc.expiresAt <= seconds())) return undefined;
      if (idle === undefined || doc.usedAt === undefined) return doc.payload;
      const unused = seconds() - doc.usedAt;
      if (unused >= idle) return undefined;
      if (unused >= NOTE_USE_AFTER_SECONDS)
        await changeDocument(collection, doc._id, (before) => ({ ...before, usedAt: seconds() }));
      return doc.payload;
    };
    const findBy = async (field: 'uid' | 'userCode', value: string): Promise<AdapterPayload | undefined> => {
      const found = await collection.find({ filter: { [field]: value }, idPrefix: `${model}:`, limit: 1 });
      return live(found[0]?.doc);
    };

    return {
      async upsert(id, payload, expiresIn) {
        await collection.put({
          _id: idOf(id),
          payload,
          grantId: payload.grantId ?? null,
          uid: payload.uid ?? null,
          userCode: payload.userCode ?? null,
          expiresAt: expiresIn === undefined ? null : seconds() + expiresIn,
          ...(idle !== undefined && { usedAt: seconds() }),
        });
        await sweep();
      },
      find: async (id) => live((await collection.get(idOf(id)))?.doc),
      findByUid: (uid) => findBy('uid', uid),
      findByUserCode: (userCode) => findBy('userCode', userCode),
      async consume(id) {
        await changeDocument(collection, idOf(id), (doc) => ({
          ...doc,
          payload: { ...doc.payload, consumed: seconds() },
        }));
      },
      async destroy(id) {
        await collection.delete(idOf(id));
      },
      async revokeByGrantId(grantId) {
        const bound = await collection.find({ filter: { grantId } });
        await Promise.all(bound.map(({ doc }) => collection.delete(doc._id)));
      },
    };
  };
}

function createSweep(collection: Collection<ProviderDocument>, seconds: () => number): () => Promise<void> {
  // Counts from a full turn, so that the first write after a start sweeps.
  let writes = WRITES_BETWEEN_SWEEPS;
  return async () => {
    writes += 1;
    if (writes < WRITES_BETWEEN_SWEEPS) return;
    writes = 0;
    let after: string | undefined;
    for (;;) {
      const page = await collection.find({ limit: PAGE, ...(after !== undefined && { after }) });
      for (const { doc } of page) {
        if (doc.expiresAt !== null && doc.expiresAt <= seconds()) await collection.delete(doc._id);
      }
      after = page.at(-1)?.doc._id;
      if (page.length < PAGE) return;
    }
  };
}

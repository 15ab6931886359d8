import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Collection, Document, DocumentStore, Stored } from '../../contracts/documents.js';

interface Entry extends Document {
  readonly at: string;
  readonly state: string;
  readonly n: number;
}

const PAGE = 1_000;
/** A server that looks at all documents for each page needs it, on a machine that others use. */
const LIMIT_MS = 1_800_000;
const idOf = (n: number): string => `w/${String(n).padStart(7, '0')}`;

/** Cursors over many documents, on every adapter of the document port. `size` documents: 2,000 in CI, 100,000 by hand. */
export function documentsCursorContract(
  name: string,
  create: () => Promise<DocumentStore>,
  size: number,
): void {
  describe(`${size} documents: ${name}`, () => {
    let store: DocumentStore;
    let entries: Collection<Entry>;
    const collection = `cursor${Date.now().toString(36)}`;
    const entryOf = (n: number): Entry => ({
      _id: idOf(n),
      // Ten documents share each instant, so that the id has to decide.
      at: new Date(Math.floor(n / 10) * 1000).toISOString(),
      state: n % 4 === 0 ? 'open' : 'done',
      n,
    });

    beforeAll(async () => {
      store = await create();
      entries = store.collection<Entry>(collection, ['at', 'state']);
      for (let from = 0; from < size; from += PAGE) {
        const some = Array.from({ length: Math.min(PAGE, size - from) }, (_, index) => entryOf(from + index));
        expect(await entries.insertMany(some)).toBe(some.length);
      }
    }, LIMIT_MS);
    afterAll(async () => {
      await entries.deleteByPrefix('w/');
      await store.close();
    }, LIMIT_MS);

    async function* pages(
      next: (last: Stored<Entry> | undefined) => Promise<readonly Stored<Entry>[]>,
    ): AsyncGenerator<Stored<Entry>> {
      let last: Stored<Entry> | undefined;
      for (;;) {
        const page = await next(last);
        yield* page;
        last = page.at(-1) ?? last;
        if (page.length < PAGE) return;
      }
    }

    it(
      'are each met once, in order, while others write them',
      async () => {
        let expected = 0;
        for await (const { doc } of pages(async (last) => {
          // Behind the cursor and before it: neither moves what the cursor meets.
          for (const n of [expected - 1, expected + PAGE / 2])
            if (n >= 0 && n < size) await entries.put({ ...entryOf(n), n: -n });
          return entries.find({
            idPrefix: 'w/',
            limit: PAGE,
            ...(last === undefined ? {} : { after: last.doc._id }),
          });
        })) {
          if (doc._id !== idOf(expected)) expect(doc._id).toBe(idOf(expected));
          expected += 1;
        }
        expect(expected).toBe(size);
      },
      LIMIT_MS,
    );

    it(
      'are each met once by a text that many share, from the end',
      async () => {
        let left = size;
        for await (const { doc } of pages((last) =>
          entries.find({
            idPrefix: 'w/',
            orderBy: 'at',
            order: 'descending',
            limit: PAGE,
            ...(last === undefined ? {} : { behind: { text: last.doc.at, id: last.doc._id } }),
          }),
        )) {
          left -= 1;
          if (doc._id !== idOf(left)) expect(doc._id).toBe(idOf(left));
        }
        expect(left).toBe(0);
      },
      LIMIT_MS,
    );

    it(
      'are counted and paged by a filter',
      async () => {
        const wanted = Math.ceil(size / 4);
        expect(await entries.count({ idPrefix: 'w/', filter: { state: 'open' } })).toBe(wanted);
        let met = 0;
        for await (const { doc } of pages((last) =>
          entries.find({
            idPrefix: 'w/',
            filter: { state: 'open' },
            limit: PAGE,
            ...(last === undefined ? {} : { after: last.doc._id }),
          }),
        )) {
          if (doc._id !== idOf(met * 4)) expect(doc._id).toBe(idOf(met * 4));
          met += 1;
        }
        expect(met).toBe(wanted);
      },
      LIMIT_MS,
    );

    it('keep their ids to themselves: of many who add the same one, one wins', async () => {
      const added = await Promise.all(
        Array.from({ length: 20 }, (_, n) => entries.insert({ ...entryOf(n), _id: 'w/one more' })),
      );
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await entries.insert(entryOf(size - 1))).toBe(false);
      expect(await entries.delete('w/one more')).toBe(true);
    });
  });
}

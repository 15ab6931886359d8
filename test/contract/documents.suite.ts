import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeDocument,
  type Collection,
  type Document,
  type DocumentStore,
} from '../../contracts/documents.js';
import type { Json } from '../../contracts/json.js';

interface Person extends Document {
  readonly [key: string]: Json | undefined;
  readonly _id: string;
}

export interface DocumentsContractOptions {
  /** Some MongoDB-compatible servers compare texts by UTF-16 unit instead of by byte: it shows beyond U+FFFF only. */
  readonly order?: 'utf-8' | 'utf-16';
}

/** What every adapter of the document port must do. `create` opens a store that may hold data of earlier runs. */
export function documentsContract(
  name: string,
  create: () => Promise<DocumentStore>,
  { order = 'utf-8' }: DocumentsContractOptions = {},
): void {
  describe(`documents: ${name}`, () => {
    let store: DocumentStore;
    let fresh = 0;
    const run = Date.now().toString(36);

    beforeAll(async () => {
      store = await create();
      // An embedded one begins with making its template, where no test did before.
    }, 120_000);
    afterAll(async () => {
      await store.close();
    });

    function open(indexes: readonly string[] = []): Collection<Person> {
      fresh += 1;
      return store.collection<Person>(`c${run}-${fresh}`, indexes);
    }

    const ids = (found: readonly { readonly doc: Document }[]): readonly string[] =>
      found.map(({ doc }) => doc._id);

    it('gives back what was put, with versions that start at 1', async () => {
      const people = open();
      expect(await people.get('a')).toBeUndefined();
      expect(await people.put({ _id: 'a', name: 'Ada' })).toBe(1);
      expect(await people.get('a')).toEqual({ doc: { _id: 'a', name: 'Ada' }, version: 1 });
      expect(await people.put({ _id: 'a', name: 'Ada L.' })).toBe(2);
      expect(await people.get('a')).toEqual({ doc: { _id: 'a', name: 'Ada L.' }, version: 2 });
    });

    it('names the collections that are there', async () => {
      const people = open(['name']);
      await people.put({ _id: 'a', name: 'Ada' });
      expect(await store.collections()).toContain(`c${run}-${fresh}`);
      const other = open();
      await other.put({ _id: 'a' });
      expect(await store.collections()).toContain(`c${run}-${fresh}`);
    });

    it('stores any JSON: order of keys, U+0000, odd keys, numbers, emoji', async () => {
      const people = open();
      const doc = {
        _id: 'odd',
        z: 1,
        a: { $ref: '#/x', 'b.c': [null, true, { y: -0.5, x: 1e21 }], '': '' },
        text: 'nul \0 quote " backslash \\ é 😀 \u2028 \ud800',
        $set: { __proto__x: 1 },
        big: 9007199254740991,
      };
      await people.put(doc);
      const found = await people.get('odd');
      expect(found?.doc).toEqual(doc);
      expect(JSON.stringify(found?.doc)).toBe(JSON.stringify(doc));
    });

    it('hands out copies', async () => {
      const people = open();
      const doc = { _id: 'a', tags: ['x'] };
      await people.put(doc);
      doc.tags.push('y');
      expect((await people.get('a'))?.doc['tags']).toEqual(['x']);
    });

    it('inserts only what is not there', async () => {
      const people = open();
      expect(await people.insert({ _id: 'a', n: 1 })).toBe(true);
      expect(await people.insert({ _id: 'a', n: 2 })).toBe(false);
      expect((await people.get('a'))?.doc['n']).toBe(1);
      expect(
        await people.insertMany([
          { _id: 'a', n: 3 },
          { _id: 'b', n: 1 },
          { _id: 'c', n: 1 },
        ]),
      ).toBe(2);
      expect(await people.insertMany([])).toBe(0);
      expect(ids(await people.find())).toEqual(['a', 'b', 'c']);
      expect((await people.get('a'))?.doc['n']).toBe(1);
    });

    it('replaces only the version that was read', async () => {
      const people = open();
      expect(await people.replace({ _id: 'a', n: 0 }, 1)).toBe(false);
      await people.put({ _id: 'a', n: 0 });
      expect(await people.replace({ _id: 'a', n: 1 }, 1)).toBe(true);
      expect(await people.replace({ _id: 'a', n: 2 }, 1)).toBe(false);
      expect(await people.get('a')).toEqual({ doc: { _id: 'a', n: 1 }, version: 2 });
    });

    it('lets one of many concurrent writers win', async () => {
      const people = open();
      await people.put({ _id: 'a', winner: -1 });
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, (_, winner) => people.replace({ _id: 'a', winner }, 1)),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect((await people.get('a'))?.doc['winner']).toBe(outcomes.indexOf(true));
      const inserts = await Promise.all(Array.from({ length: 30 }, (_, n) => people.insert({ _id: 'b', n })));
      expect(inserts.filter(Boolean)).toHaveLength(1);
      expect((await people.get('b'))?.doc['n']).toBe(inserts.indexOf(true));
    });

    it('counts every one of many concurrent changes', async () => {
      const people = open();
      await people.put({ _id: 'a', n: 0 });
      await Promise.all(
        Array.from({ length: 20 }, () =>
          changeDocument(people, 'a', (doc) => ({ ...doc, n: Number(doc['n']) + 1 })),
        ),
      );
      expect(await people.get('a')).toEqual({ doc: { _id: 'a', n: 20 }, version: 21 });
    });

    it('gives every one of many concurrent puts a version of its own', async () => {
      const people = open();
      const versions = await Promise.all(Array.from({ length: 20 }, (_, n) => people.put({ _id: 'a', n })));
      expect([...versions].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
      const last = versions.indexOf(20);
      expect(await people.get('a')).toEqual({ doc: { _id: 'a', n: last }, version: 20 });
    });

    it('reads and writes many', async () => {
      const people = open(['n']);
      await people.putMany(
        Array.from({ length: 2500 }, (_, n) => ({ _id: `p${String(n).padStart(5, '0')}`, n })),
      );
      await people.putMany([
        { _id: 'p00001', n: -1 },
        { _id: 'p00001', n: -2 },
      ]);
      await people.putMany([]);
      expect(await people.count()).toBe(2500);
      expect((await people.get('p00001'))?.doc['n']).toBe(-2);
      const many = await people.getMany(['p02499', 'nobody', 'p00000', 'p02499']);
      expect(ids(many)).toEqual(['p02499', 'p00000']);
      expect(await people.getMany([])).toEqual([]);
    });

    it('deletes', async () => {
      const people = open();
      await people.put({ _id: 'a' });
      expect(await people.delete('a')).toBe(true);
      expect(await people.delete('a')).toBe(false);
      expect(await people.get('a')).toBeUndefined();
      expect(await people.put({ _id: 'a' })).toBe(1);
    });

    it('deletes by prefix, which is taken literally', async () => {
      const people = open();
      await people.putMany(['w1/a', 'w1/b', 'w10/a', 'w%/a', 'w_/a', 'v', 'w.1'].map((_id) => ({ _id })));
      expect(await people.deleteByPrefix('w%')).toBe(1);
      expect(await people.deleteByPrefix('w1/')).toBe(2);
      expect(await people.deleteByPrefix('w.')).toBe(1);
      expect(ids(await people.find())).toEqual(['v', 'w10/a', 'w_/a']);
      expect(await people.deleteByPrefix('')).toBe(3);
      expect(await people.count()).toBe(0);
    });

    it('orders ids byte-wise and pages through them', async () => {
      const people = open();
      const sorted = ['A', 'Z', 'a', 'a-', 'a/', 'aa', 'b', 'é', '\uffee'];
      await people.putMany([...sorted].reverse().map((_id) => ({ _id })));
      expect(ids(await people.find())).toEqual(sorted);
      expect(ids(await people.find({ order: 'descending' }))).toEqual([...sorted].reverse());
      expect(ids(await people.find({ limit: 3 }))).toEqual(['A', 'Z', 'a']);
      expect(ids(await people.find({ after: 'a', limit: 2 }))).toEqual(['a-', 'a/']);
      expect(ids(await people.find({ idPrefix: 'a', after: 'a-' }))).toEqual(['a/', 'aa']);
      expect(ids(await people.find({ idPrefix: 'a', order: 'descending', limit: 2 }))).toEqual(['aa', 'a/']);
      expect(ids(await people.find({ idPrefix: '\uffee' }))).toEqual(['\uffee']);
      expect(await people.count({ idPrefix: 'a' })).toBe(4);
    });

    it('finds ids beyond the basic plane by their prefix', async () => {
      const people = open();
      await people.putMany(['😀', '😀a', '😁', '\uffee'].map((_id) => ({ _id })));
      expect(ids(await people.find({ idPrefix: '😀' }))).toEqual(['😀', '😀a']);
      expect(ids(await people.find({ after: '😀a' }))).toContain('😁');
    });

    (order === 'utf-8' ? it : it.skip)('orders ids beyond the basic plane byte-wise, too', async () => {
      const people = open();
      await people.putMany(['😀', '\uffee', 'a'].map((_id) => ({ _id })));
      expect(ids(await people.find())).toEqual(['a', '\uffee', '😀']);
      expect(ids(await people.find({ after: '\uffee' }))).toEqual(['😀']);
    });

    it('filters by declared paths, with types kept apart', async () => {
      const people = open(['state', 'who.age', 'flag']);
      await people.putMany([
        { _id: '1', state: 'open', who: { age: 1 }, flag: true },
        { _id: '2', state: 'open', who: { age: '1' }, flag: false },
        { _id: '3', state: 'done', who: { age: 2 } },
        { _id: '4', state: null, who: 'nobody', flag: null },
        { _id: '5', state: ['open'], who: { age: { of: 1 } }, flag: 'true' },
        { _id: '6' },
      ]);
      const find = async (filter: Parameters<typeof people.count>[0]): Promise<readonly string[]> => {
        const found = ids(await people.find(filter));
        expect(await people.count(filter)).toBe(found.length);
        return found;
      };
      expect(await find({ filter: { state: 'open' } })).toEqual(['1', '2']);
      expect(await find({ filter: { state: ['done', 'open'] } })).toEqual(['1', '2', '3']);
      expect(await find({ filter: { state: [] } })).toEqual([]);
      expect(await find({ filter: { state: null } })).toEqual(['4', '6']);
      expect(await find({ filter: { state: ['done', null] } })).toEqual(['3', '4', '6']);
      expect(await find({ filter: { 'who.age': 1 } })).toEqual(['1']);
      expect(await find({ filter: { 'who.age': '1' } })).toEqual(['2']);
      expect(await find({ filter: { 'who.age': null } })).toEqual(['4', '6']);
      expect(await find({ filter: { flag: true } })).toEqual(['1']);
      expect(await find({ filter: { flag: false } })).toEqual(['2']);
      expect(await find({ filter: { state: 'open', flag: false } })).toEqual(['2']);
      expect(await find({ filter: { state: 'open' }, idPrefix: '2' })).toEqual(['2']);
      expect(await find({ filter: {} })).toHaveLength(6);
    });

    it('orders by a text, pages behind a place in that order, and keeps to a range', async () => {
      const people = open(['at', 'state']);
      const places: readonly (readonly [string, Json | undefined, string])[] = [
        ['w/c', '2026-01-01T00:00:00.000Z', 'open'],
        ['w/a', '2026-01-02T00:00:00.000Z', 'open'],
        ['w/b', '2026-01-02T00:00:00.000Z', 'done'],
        ['w/d', '2026-01-03T00:00:00.000Z', 'open'],
        ['w/e', undefined, 'open'],
        ['w/f', 7, 'open'],
        ['x/a', '2026-01-01T00:00:00.000Z', 'open'],
      ];
      await people.putMany(places.map(([_id, at, state]) => ({ _id, at, state })));
      const find = async (more: Parameters<typeof people.find>[0]): Promise<readonly string[]> =>
        ids(await people.find({ idPrefix: 'w/', orderBy: 'at', ...more }));
      expect(await find({})).toEqual(['w/c', 'w/a', 'w/b', 'w/d']);
      expect(await find({ order: 'descending' })).toEqual(['w/d', 'w/b', 'w/a', 'w/c']);
      expect(await find({ order: 'descending', limit: 2 })).toEqual(['w/d', 'w/b']);
      const behind = { text: '2026-01-02T00:00:00.000Z', id: 'w/b' };
      expect(await find({ order: 'descending', behind })).toEqual(['w/a', 'w/c']);
      expect(await find({ behind })).toEqual(['w/d']);
      const from = '2026-01-02T00:00:00.000Z';
      const to = '2026-01-03T00:00:00.000Z';
      expect(await find({ between: { from, to } })).toEqual(['w/a', 'w/b']);
      expect(await find({ between: { from } })).toEqual(['w/a', 'w/b', 'w/d']);
      expect(await find({ between: { to }, filter: { state: 'open' } })).toEqual(['w/c', 'w/a']);
      await expect(async () => people.find({ orderBy: 'name' })).rejects.toThrow(/name/);
    });

    it('follows changes in its filters', async () => {
      const people = open(['state']);
      await people.put({ _id: 'a', state: 'open' });
      await people.put({ _id: 'a', state: 'done' });
      expect(await people.count({ filter: { state: 'open' } })).toBe(0);
      expect(await people.replace({ _id: 'a', state: 'open' }, 2)).toBe(true);
      expect(await people.count({ filter: { state: 'open' } })).toBe(1);
    });

    it('filters by long texts and by texts with U+0000', async () => {
      const people = open(['text']);
      const long = 'x'.repeat(20_000);
      await people.putMany([
        { _id: '1', text: `${long}1` },
        { _id: '2', text: `${long}2` },
        { _id: '3', text: 'a\0b' },
      ]);
      expect(ids(await people.find({ filter: { text: `${long}2` } }))).toEqual(['2']);
      expect(ids(await people.find({ filter: { text: 'a\0b' } }))).toEqual(['3']);
    });

    it('refuses filters on paths that were not declared', async () => {
      const people = open(['state']);
      await expect(async () => people.find({ filter: { name: 'x' } })).rejects.toThrow(
        /name.*not a declared index/,
      );
      await expect(async () => people.count({ filter: { name: 'x' } })).rejects.toThrow(/state/);
    });

    it('finds older documents by a path that is declared later', async () => {
      const first = open(['state']);
      const name = `c${run}-${fresh}`;
      await first.putMany(
        Array.from({ length: 700 }, (_, n) => ({ _id: `d${n}`, kind: n % 2 === 0 ? 'even' : 'odd' })),
      );
      const second = store.collection<Person>(name, ['state', 'kind']);
      expect(await second.count({ filter: { kind: 'odd' } })).toBe(350);
      await first.put({ _id: 'd1', kind: 'even' });
      expect(await second.count({ filter: { kind: 'odd' } })).toBe(349);
    });

    it('refuses ids that cannot be stored and names that cannot be used', async () => {
      const people = open();
      await expect(async () => people.put({ _id: '' })).rejects.toMatchObject({ code: 'GSB-REQ-001' });
      await expect(async () => people.insert({ _id: 'a\0' })).rejects.toMatchObject({ code: 'GSB-REQ-001' });
      await expect(async () => people.insertMany([{ _id: '\ud800' }])).rejects.toMatchObject({
        code: 'GSB-REQ-001',
      });
      expect(await people.get('a\0')).toBeUndefined();
      expect(await people.find({ idPrefix: 'a\0' })).toEqual([]);
      expect(() => store.collection('No Name')).toThrow(/must match/);
    });

    it('keeps collections apart', async () => {
      const one = open();
      const two = open();
      await one.put({ _id: 'a', n: 1 });
      expect(await two.get('a')).toBeUndefined();
      expect(await two.deleteByPrefix('')).toBe(0);
      expect(await one.count()).toBe(1);
    });
  });
}

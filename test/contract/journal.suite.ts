import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FollowedRecord, Journal, Subscription } from '../../contracts/journal.js';

/** Collects what a follower hears and lets a test wait for a number of records. */
function createListener(): {
  readonly heard: FollowedRecord[];
  readonly listen: (record: FollowedRecord) => void;
  readonly count: (n: number) => Promise<readonly FollowedRecord[]>;
} {
  const heard: FollowedRecord[] = [];
  const waits: { readonly n: number; readonly resolve: () => void }[] = [];
  return {
    heard,
    listen: (record) => {
      heard.push(record);
      for (const { n, resolve } of waits) if (heard.length >= n) resolve();
    },
    count: async (n) => {
      if (heard.length < n) await new Promise<void>((resolve) => waits.push({ n, resolve }));
      return heard;
    },
  };
}

/** What every adapter of the journal port must do. `create` may be called several times: other processes, in effect. */
export function journalContract(
  name: string,
  create: () => Promise<Journal>,
  options: { readonly shared: boolean },
): void {
  describe(`journal: ${name}`, () => {
    let journal: Journal;
    let fresh = 0;
    const run = Date.now().toString(36);
    const subscriptions: Subscription[] = [];

    beforeAll(async () => {
      journal = await create();
      // An embedded one begins with making its template, where no test did before.
    }, 120_000);
    afterEach(async () => {
      await Promise.all(subscriptions.splice(0).map((subscription) => subscription.close()));
    });
    afterAll(async () => {
      await journal.close();
    });

    function stream(): string {
      fresh += 1;
      return `${run}/run-${fresh}`;
    }

    async function follow(
      listener: (record: FollowedRecord) => void,
      followed: Parameters<Journal['follow']>[1],
      on: Journal = journal,
    ): Promise<void> {
      subscriptions.push(await on.follow(listener, followed));
    }

    it('appends and reads back', async () => {
      const s = stream();
      expect(await journal.version(s)).toBe(0);
      expect(await journal.read(s)).toEqual([]);
      expect(await journal.append(s, 0, [{ event: { type: 'a' } }])).toEqual({
        kind: 'appended',
        version: 1,
      });
      expect(
        await journal.append(s, 1, [
          { event: 'b', payload: { p: 1 } },
          { event: null, payload: null },
        ]),
      ).toEqual({
        kind: 'appended',
        version: 3,
      });
      expect(await journal.read(s)).toEqual([
        { seq: 1, event: { type: 'a' } },
        { seq: 2, event: 'b', payload: { p: 1 } },
        { seq: 3, event: null, payload: null },
      ]);
      expect(await journal.version(s)).toBe(3);
      expect(await journal.versions([`${s}-none`, s])).toEqual([0, 3]);
      expect(await journal.versions([])).toEqual([]);
      expect(await journal.read(s, { after: 1, limit: 1 })).toEqual([
        { seq: 2, event: 'b', payload: { p: 1 } },
      ]);
      expect(await journal.read(s, { after: 3 })).toEqual([]);
    });

    it('changes nothing in what it stores', async () => {
      const s = stream();
      const event = { z: 1, a: { $ref: 'x', 'b.c': [null, -0.5, 1e21] }, text: 'nul \0 " \\ 😀 \ud800 |' };
      await journal.append(s, 0, [{ event, payload: event }]);
      const [record] = await journal.read(s);
      expect(record).toEqual({ seq: 1, event, payload: event });
      expect(JSON.stringify(record?.event)).toBe(JSON.stringify(event));
      expect(JSON.stringify(record?.payload)).toBe(JSON.stringify(event));
    });

    it('refuses a stale version and appends nothing then', async () => {
      const s = stream();
      await journal.append(s, 'any', [{ event: 1 }, { event: 2 }]);
      expect(await journal.append(s, 1, [{ event: 3 }, { event: 4 }])).toEqual({
        kind: 'conflict',
        version: 2,
      });
      expect(await journal.append(s, 3, [{ event: 3 }])).toEqual({ kind: 'conflict', version: 2 });
      expect(await journal.append(s, 0, [])).toEqual({ kind: 'conflict', version: 2 });
      expect(await journal.append(s, 2, [])).toEqual({ kind: 'appended', version: 2 });
      expect(await journal.version(s)).toBe(2);
    });

    it('removes the streams it is told to, and no others', async () => {
      const [s, other] = [stream(), stream()];
      await journal.append(s, 0, [{ event: 1, payload: 'p' }]);
      await journal.append(`${s}1`, 0, [{ event: 2 }]);
      await journal.append(other, 0, [{ event: 3 }]);
      await journal.remove([s, other, `${s}-none`]);
      expect([
        await journal.version(s),
        await journal.version(other),
        await journal.version(`${s}1`),
      ]).toEqual([0, 0, 1]);
      expect(await journal.append(s, 0, [{ event: 4 }])).toEqual({ kind: 'appended', version: 1 });
      expect(await journal.read(s)).toEqual([{ seq: 1, event: 4 }]);
    });

    it('lets one of many concurrent writers win each version', async () => {
      const s = stream();
      for (const version of [0, 1, 2]) {
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, n) => journal.append(s, version, [{ event: n }])),
        );
        expect(results.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
        const winner = results.findIndex(({ kind }) => kind === 'appended');
        expect((await journal.read(s, { after: version }))[0]?.event).toBe(winner);
      }
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, n) => journal.append(s, 'any', [{ event: n }])),
      );
      expect(results.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, n) => n + 4),
      );
      expect((await journal.read(s)).map(({ seq }) => seq)).toEqual(
        Array.from({ length: 23 }, (_, n) => n + 1),
      );
    });

    it('erases payloads and keeps events', async () => {
      const s = stream();
      const other = stream();
      await journal.append(s, 0, [{ event: 1, payload: 'secret' }, { event: 2 }]);
      await journal.append(other, 0, [{ event: 1, payload: 'kept' }]);
      await journal.erasePayloads(s);
      await journal.erasePayloads(stream());
      expect(await journal.read(s)).toEqual([
        { seq: 1, event: 1 },
        { seq: 2, event: 2 },
      ]);
      expect(await journal.read(other)).toEqual([{ seq: 1, event: 1, payload: 'kept' }]);
      await journal.append(s, 2, [{ event: 3, payload: 'new' }]);
      expect((await journal.read(s))[2]).toEqual({ seq: 3, event: 3, payload: 'new' });
    });

    it('removes streams by prefix, which is taken literally', async () => {
      const base = `${stream()}*`;
      for (const s of [`${base}/a`, `${base}/b`, `${base}c`])
        await journal.append(s, 0, [{ event: s, payload: s }]);
      await journal.deleteByPrefix(`${base}/`);
      expect(await journal.version(`${base}/a`)).toBe(0);
      expect(await journal.read(`${base}/b`)).toEqual([]);
      expect(await journal.version(`${base}c`)).toBe(1);
      expect(await journal.append(`${base}/a`, 0, [{ event: 'again' }])).toEqual({
        kind: 'appended',
        version: 1,
      });
      expect(await journal.read(`${base}/a`)).toEqual([{ seq: 1, event: 'again' }]);
    });

    it('follows from now on, in order, by prefix', async () => {
      const s = stream();
      const listener = createListener();
      await journal.append(s, 0, [{ event: 'before' }]);
      await follow(listener.listen, { streamPrefix: s });
      for (let n = 1; n <= 5; n += 1) await journal.append(s, n, [{ event: n, payload: { n } }]);
      await journal.append(stream(), 0, [{ event: 'elsewhere' }]);
      await journal.append(s, 6, [{ event: 6 }, { event: 7 }]);
      const heard = await listener.count(7);
      expect(heard.map(({ seq, event, payload }) => [seq, event, payload])).toEqual([
        [2, 1, { n: 1 }],
        [3, 2, { n: 2 }],
        [4, 3, { n: 3 }],
        [5, 4, { n: 4 }],
        [6, 5, { n: 5 }],
        [7, 6, undefined],
        [8, 7, undefined],
      ]);
      expect(heard.every((record) => record.stream === s)).toBe(true);
    });

    it('resumes at a position without gaps or repetitions, while others append', async () => {
      const s = stream();
      const first = createListener();
      await follow(first.listen, { streamPrefix: s });
      const total = 1400;
      await journal.append(
        s,
        0,
        Array.from({ length: 700 }, (_, n) => ({ event: n })),
      );
      const cursor = (await first.count(10))[9]!.position;
      const second = createListener();
      const appending = (async () => {
        for (let n = 700; n < total; n += 100) {
          await journal.append(
            s,
            'any',
            Array.from({ length: 100 }, (_, at) => ({ event: n + at })),
          );
        }
      })();
      await follow(second.listen, { fromPosition: cursor, streamPrefix: s });
      await appending;
      await second.count(total - 10);
      expect(second.heard.map(({ event }) => event)).toEqual(
        Array.from({ length: total - 10 }, (_, n) => n + 10),
      );
      await first.count(total);
      expect(first.heard.map(({ position }) => position).slice(10)).toEqual(
        second.heard.map(({ position }) => position),
      );
    });

    it('stops when a follower is closed, and survives one that throws', async () => {
      const s = stream();
      const closed = createListener();
      const listener = createListener();
      const subscription = await journal.follow(closed.listen, { streamPrefix: s });
      await follow(
        () => {
          throw new Error('on purpose');
        },
        { streamPrefix: s },
      );
      await follow(listener.listen, { streamPrefix: s });
      await journal.append(s, 0, [{ event: 1 }]);
      await closed.count(1);
      await subscription.close();
      await journal.append(s, 1, [{ event: 2 }]);
      await listener.count(2);
      expect(closed.heard).toHaveLength(1);
    });

    it('names the streams that begin so, and follows those that end so', async () => {
      const s = stream();
      const listener = createListener();
      await follow(listener.listen, { streamPrefix: s, streamSuffix: '/log' });
      expect(await journal.streams(s)).toEqual([]);
      for (const name of ['/run/1', '/log', '/a/log', '/Z'])
        await journal.append(s + name, 0, [{ event: name }]);
      expect(await journal.streams(s)).toEqual(['/Z', '/a/log', '/log', '/run/1'].map((name) => s + name));
      expect((await listener.count(2)).map(({ event }) => event)).toEqual(['/log', '/a/log']);
      await journal.deleteByPrefix(`${s}/a`);
      expect(await journal.streams(`${s}/`)).toHaveLength(3);
    });

    it('does not report what was removed, nor what replaced it twice', async () => {
      const s = stream();
      const first = createListener();
      await follow(first.listen, { streamPrefix: s });
      await journal.append(s, 0, [{ event: 'start' }, { event: 'removed' }]);
      const cursor = (await first.count(2))[0]!.position;
      await journal.deleteByPrefix(s);
      await journal.append(s, 0, [{ event: 'new 1' }, { event: 'new 2' }]);
      const second = createListener();
      await follow(second.listen, { fromPosition: cursor, streamPrefix: s });
      expect((await second.count(2)).map(({ event }) => event)).toEqual(['new 1', 'new 2']);
    });

    if (options.shared) {
      it('follows and fences across processes', async () => {
        const other = await create();
        const s = stream();
        const listener = createListener();
        await follow(listener.listen, { streamPrefix: s });
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? journal : other).append(s, 0, [{ event: n }])),
        );
        expect(results.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
        await other.append(s, 1, [{ event: 'other', payload: 1 }]);
        expect((await listener.count(2))[1]).toMatchObject({ seq: 2, event: 'other', payload: 1 });
        expect(await journal.version(s)).toBe(2);
        await other.close();
      });
    }
  });
}

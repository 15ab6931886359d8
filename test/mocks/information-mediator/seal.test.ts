import { describe, expect, it } from '@jest/globals';
import { DEFAULT_WORKSPACE, workspaceIdSchema } from '../../../contracts/ids.js';
import type { Journal, JournalRecord } from '../../../contracts/journal.js';
import type { JsonObject } from '../../../contracts/json.js';
import { createSealer, type Sealer } from '../../../mocks/information-mediator/seal.js';
import { createFixture, USCT } from './mediator-fixture.js';

const EXCHANGES = `${DEFAULT_WORKSPACE}/exchanges`;
const SEALS = `${DEFAULT_WORKSPACE}/seals`;
const realClock = { now: () => new Date('2026-05-01T00:00:00Z') };

async function recorded(
  count: number,
): Promise<{ journal: Journal; sealer: Sealer; more: () => Promise<void> }> {
  const fixture = createFixture();
  const more = async (): Promise<void> => {
    await fixture.call({ method: 'DELETE', path: '/population/1/a/delete' });
  };
  for (let n = 0; n < count; n += 1) await more();
  return {
    journal: fixture.journal,
    sealer: createSealer({ journal: fixture.journal, realClock, batch: 2 }),
    more,
  };
}

/** The same journal with what `change` makes of one stream's records. */
function tampered(
  journal: Journal,
  stream: string,
  change: (records: readonly JournalRecord[]) => readonly JournalRecord[],
): Journal {
  return {
    ...journal,
    read: async (name, { after = 0, limit = Infinity } = {}) => {
      const records = await journal.read(name);
      const changed = name === stream ? change(records) : records;
      return changed.filter(({ seq }) => seq > after).slice(0, limit);
    },
  };
}

function editEvent(
  seq: number,
  change: JsonObject,
): (records: readonly JournalRecord[]) => readonly JournalRecord[] {
  return (records) =>
    records.map((record) =>
      record.seq === seq ? { ...record, event: { ...(record.event as JsonObject), ...change } } : record,
    );
}

describe('the seals of the message log', () => {
  it('cover everything once, in batches, and go on where the last one ended', async () => {
    const { journal, sealer, more } = await recorded(5);
    expect(await sealer.seal(DEFAULT_WORKSPACE)).toMatchObject({ type: 'seal', upTo: 5 });
    expect((await journal.read(SEALS)).map(({ event }) => (event as JsonObject).upTo)).toEqual([2, 4, 5]);
    const before = await sealer.last(DEFAULT_WORKSPACE);
    expect(await sealer.seal(DEFAULT_WORKSPACE)).toEqual(before);
    expect(await journal.version(SEALS)).toBe(3);
    await more();
    expect(await sealer.verify(DEFAULT_WORKSPACE)).toEqual({
      holds: true,
      sealed: 5,
      unsealed: 1,
      head: before?.head,
    });
    const after = await sealer.seal(DEFAULT_WORKSPACE);
    expect(after).toMatchObject({ upTo: 6 });
    expect(after?.head).not.toBe(before?.head);
  });

  it('do not depend on the order of keys in storage', async () => {
    const { journal, sealer } = await recorded(2);
    await sealer.seal(DEFAULT_WORKSPACE);
    const reordered = tampered(journal, EXCHANGES, (records) =>
      records.map((record) => ({
        ...record,
        event: Object.fromEntries(Object.entries(record.event as JsonObject).reverse()),
      })),
    );
    expect(await createSealer({ journal: reordered, realClock }).verify(DEFAULT_WORKSPACE)).toMatchObject({
      holds: true,
    });
  });

  it('are written once when several seal at the same time', async () => {
    const { journal, sealer } = await recorded(6);
    const another = createSealer({ journal, realClock, batch: 2 });
    await Promise.all([sealer, another, sealer, another].map((one) => one.seal(DEFAULT_WORKSPACE)));
    expect((await journal.read(SEALS)).map(({ event }) => (event as JsonObject).upTo)).toEqual([2, 4, 6]);
    expect(await sealer.verify(DEFAULT_WORKSPACE)).toMatchObject({ holds: true, sealed: 6 });
  });

  it('say nothing about an empty log', async () => {
    const { sealer } = await recorded(0);
    const empty = workspaceIdSchema.parse('empty');
    expect(await sealer.seal(empty)).toBeUndefined();
    expect(await sealer.verify(empty)).toEqual({ holds: true, sealed: 0, unsealed: 0, head: undefined });
  });

  it('hold after the bodies were erased', async () => {
    const { journal, sealer } = await recorded(3);
    await sealer.seal(DEFAULT_WORKSPACE);
    await journal.erasePayloads(EXCHANGES);
    expect(await sealer.verify(DEFAULT_WORKSPACE)).toMatchObject({ holds: true, sealed: 3 });
  });

  it.each([
    [
      'a changed record',
      EXCHANGES,
      editEvent(4, { client: `${USCT}X` }),
      { from: 3, to: 4, record: 4, seal: 2, reason: 'records-changed' },
    ],
    [
      'a changed body',
      EXCHANGES,
      (records: readonly JournalRecord[]) =>
        records.map((record) =>
          record.seq === 3
            ? {
                ...record,
                payload: { ...(record.payload as JsonObject), responseBody: { content: 'other' } },
              }
            : record,
        ),
      { from: 3, to: 3, record: 3, seal: 2, reason: 'body-changed' },
    ],
    [
      'a record taken out',
      EXCHANGES,
      (records: readonly JournalRecord[]) =>
        records.filter(({ seq }) => seq !== 2).map((record, index) => ({ ...record, seq: index + 1 })),
      { from: 1, to: 2, record: 2, seal: 1, reason: 'records-missing' },
    ],
    [
      'the last records cut off',
      EXCHANGES,
      (records: readonly JournalRecord[]) => records.slice(0, 3),
      { from: 4, to: 4, record: 4, seal: 2, reason: 'records-missing' },
    ],
    [
      'a changed head',
      SEALS,
      editEvent(2, { head: '0'.repeat(64) }),
      { from: 3, to: 4, seal: 2, reason: 'seal-changed' },
    ],
    ['a seal that goes back', SEALS, editEvent(2, { upTo: 1 }), { from: 3, to: 3, reason: 'seal-changed' }],
  ])('find %s and say where', async (_what, stream, change, expected) => {
    const { journal, sealer } = await recorded(4);
    await sealer.seal(DEFAULT_WORKSPACE);
    const verifier = createSealer({ journal: tampered(journal, stream, change), realClock, batch: 2 });
    expect(await verifier.verify(DEFAULT_WORKSPACE)).toMatchObject({ holds: false, ...expected });
  });
});

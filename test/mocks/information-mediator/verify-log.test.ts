import { afterAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { Journal, JournalEntry } from '../../../contracts/journal.js';
import type { JsonObject } from '../../../contracts/json.js';
import { silentLogger } from '../../../contracts/logger.js';
import { openDatabase } from '../../../infra/embedded/open-database.js';
import { createEmbeddedJournal } from '../../../infra/journal/embedded/embedded-journal.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { exportLog, verifyExport } from '../../../mocks/information-mediator/exported-log.js';
import { createSealer } from '../../../mocks/information-mediator/seal.js';
import { testTemplate } from '../../contract/template.js';
import { createFixture, USCT } from './mediator-fixture.js';

const EXCHANGES = `${DEFAULT_WORKSPACE}/exchanges`;
const SEALS = `${DEFAULT_WORKSPACE}/seals`;
const realClock = { now: () => new Date('2026-05-01T00:00:00Z') };

/** Nine exchanges under three seals of three, as they lie in a store. */
async function recorded(): Promise<Readonly<Record<string, readonly JournalEntry[]>>> {
  const fixture = createFixture();
  const { journal } = fixture;
  for (let n = 1; n <= 9; n += 1) await fixture.call({ method: 'DELETE', path: `/population/1/${n}/delete` });
  await createSealer({ journal, realClock, batch: 3 }).seal(DEFAULT_WORKSPACE);
  const entries = async (stream: string): Promise<JournalEntry[]> =>
    (await journal.read(stream)).map(({ event, payload }) => ({
      event,
      ...(payload === undefined ? {} : { payload }),
    }));
  return { [EXCHANGES]: await entries(EXCHANGES), [SEALS]: await entries(SEALS) };
}
const whole = await recorded();

const database = await openDatabase({ templateFile: await testTemplate(), logger: silentLogger });
afterAll(() => database.close());

type Change = (entries: readonly JournalEntry[]) => readonly JournalEntry[];
const edit =
  (place: number, change: (event: JsonObject) => JsonObject): Change =>
  (entries) =>
    entries.map((entry, index) =>
      index === place - 1 ? { ...entry, event: change(entry.event as JsonObject) } : entry,
    );
const swap: Change = ([first, second, third, ...rest]) => [first, third, second, ...rest] as JournalEntry[];

const kinds: [string, string, Change, object][] = [
  [
    'a changed record',
    EXCHANGES,
    edit(5, (event) => ({ ...event, client: `${USCT}X` })),
    { record: 5, seal: 2, reason: 'records-changed' },
  ],
  [
    'a record taken out',
    EXCHANGES,
    (all) => all.filter((_entry, index) => index !== 4),
    { record: 5, seal: 2, reason: 'records-missing' },
  ],
  [
    'a record put in',
    EXCHANGES,
    (all) => [...all.slice(0, 4), { event: { type: 'exchange', id: 'forged' } }, ...all.slice(4)],
    { record: 5, seal: 2, reason: 'records-added' },
  ],
  ['two records that changed places', EXCHANGES, swap, { record: 2, seal: 1 }],
  ['the end cut off', EXCHANGES, (all) => all.slice(0, 8), { record: 9, seal: 3, reason: 'records-missing' }],
  [
    'a changed body',
    EXCHANGES,
    (all) =>
      all.map((entry, index) =>
        index === 6
          ? { ...entry, payload: { ...(entry.payload as JsonObject), responseBody: 'other' } }
          : entry,
      ),
    { record: 7, seal: 3, reason: 'body-changed' },
  ],
  [
    'a changed head',
    SEALS,
    edit(2, (seal) => ({ ...seal, head: '0'.repeat(64) })),
    { from: 4, to: 6, seal: 2, reason: 'seal-changed' },
  ],
  [
    'a seal that goes back',
    SEALS,
    edit(2, (seal) => ({ ...seal, upTo: 1 })),
    { seal: 2, reason: 'seal-changed' },
  ],
];

/** Through the port alone, so each store is tampered with in the same way. */
async function write(journal: Journal, stream: string, entries: readonly JournalEntry[]): Promise<void> {
  await journal.remove([stream]);
  await journal.append(stream, 'any', entries);
}

describe.each([
  ['in memory', () => createMemoryJournal()],
  ['embedded', () => createEmbeddedJournal({ database })],
] as const)('the verification of a log %s', (_store, open) => {
  it.each(kinds)(
    'finds %s: the very record where that can be told',
    async (_kind, stream, change, expected) => {
      const journal = open();
      for (const [name, entries] of Object.entries(whole)) await write(journal, name, entries);
      const sealer = createSealer({ journal, realClock, batch: 3 });
      expect(await sealer.verify(DEFAULT_WORKSPACE)).toMatchObject({ holds: true, sealed: 9 });
      await write(journal, stream, change(whole[stream] ?? []));
      expect(await sealer.verify(DEFAULT_WORKSPACE)).toMatchObject({ holds: false, ...expected });
    },
  );
});

describe('the verification of a log', () => {
  it('names the part only where record and mark were changed together', async () => {
    const journal = createMemoryJournal();
    await write(
      journal,
      EXCHANGES,
      edit(5, (event) => ({ ...event, client: `${USCT}X` }))(whole[EXCHANGES] ?? []),
    );
    await write(journal, SEALS, edit(2, ({ records: _records, ...seal }) => seal)(whole[SEALS] ?? []));
    const verification = await createSealer({ journal, realClock }).verify(DEFAULT_WORKSPACE);
    expect(verification).toMatchObject({ holds: false, from: 4, to: 6, seal: 2, reason: 'records-changed' });
    expect(verification).not.toHaveProperty('record');
  });

  it('finds a record that was changed together with its whole seal by the seal after it', async () => {
    const journal = createMemoryJournal();
    const forged = createMemoryJournal();
    const changed = edit(5, (event) => ({ ...event, client: `${USCT}X` }))(whole[EXCHANGES] ?? []);
    for (const one of [journal, forged]) await write(one, EXCHANGES, changed);
    await createSealer({ journal: forged, realClock, batch: 3 }).seal(DEFAULT_WORKSPACE);
    const [, second] = await forged.read(SEALS);
    await write(journal, SEALS, edit(2, () => second?.event as JsonObject)(whole[SEALS] ?? []));
    expect(await createSealer({ journal, realClock }).verify(DEFAULT_WORKSPACE)).toMatchObject({
      holds: false,
      seal: 3,
      reason: 'seal-changed',
      detail: expect.stringContaining('or an earlier one together with its records'),
    });
  });

  it('begins where it is told to', async () => {
    const journal = createMemoryJournal();
    await write(journal, EXCHANGES, edit(2, (event) => ({ ...event, status: 1 }))(whole[EXCHANGES] ?? []));
    await write(journal, SEALS, whole[SEALS] ?? []);
    const sealer = createSealer({ journal, realClock });
    expect(await sealer.verify(DEFAULT_WORKSPACE, 3)).toMatchObject({ holds: false, record: 2 });
    expect(await sealer.verify(DEFAULT_WORKSPACE, 4)).toMatchObject({ holds: true, sealed: 6 });
  });
});

describe('an exported log', () => {
  it('is verified without the sandbox, names no bodies, and shows what was changed', async () => {
    const journal = createMemoryJournal();
    for (const [name, entries] of Object.entries(whole)) await write(journal, name, entries);
    const file = JSON.parse(JSON.stringify(await exportLog(journal, DEFAULT_WORKSPACE))) as Awaited<
      ReturnType<typeof exportLog>
    >;
    expect(JSON.stringify(file)).not.toContain('responseBody');
    expect(await verifyExport(file)).toMatchObject({ holds: true, sealed: 9 });
    const changed = {
      ...file,
      records: file.records.map((one) =>
        one.seq === 8 ? { ...one, event: { ...one.event, status: 0 } } : one,
      ),
    };
    expect(await verifyExport(changed)).toMatchObject({ holds: false, record: 8, seal: 3 });
    const holed = { ...file, records: file.records.filter(({ seq }) => seq !== 4) };
    expect(await verifyExport(holed)).toMatchObject({ holds: false, record: 4, reason: 'records-missing' });
    await expect(verifyExport({ ...file, seals: [{ seq: 'one' }] })).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      detail: expect.stringContaining('/seals/0/seq'),
    });
  });
});

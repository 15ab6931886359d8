import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { readCsv, writeCsv } from '../../../cli/cohort/csv.js';
import { generateHouseholds, householdsCsv } from '../../../cli/cohort/household-generator.js';
import { registryRecords } from '../../../cli/cohort/registry-records.js';
import { targetingErrors } from '../../../cli/cohort/targeting-errors.js';

const households = generateHouseholds({ count: 1000 });
const seedFile = new URL('../../../usecases/usct/seeds/households.csv', import.meta.url);

const share = (fits: (household: (typeof households)[number]) => boolean): number =>
  households.filter(fits).length / households.length;

describe('the household generator', () => {
  it('gives the same census for the same seed, and another for another', () => {
    expect(householdsCsv({ count: 50, seed: 7 })).toBe(householdsCsv({ count: 50, seed: 7 }));
    expect(householdsCsv({ count: 50, seed: 7 })).not.toBe(householdsCsv({ count: 50, seed: 8 }));
  });

  it('wrote the seed file of the use case', () => {
    const written = householdsCsv({ count: 1000 });
    if (process.env['UPDATE_SEEDS'] === '1' || !existsSync(seedFile)) writeFileSync(seedFile, written);
    expect(readFileSync(seedFile, 'utf8')).toBe(written);
  });

  it('meets every outcome, most often payment', () => {
    const counts = new Map<string, number>();
    for (const { expected } of households)
      counts.set(expected.outcome, (counts.get(expected.outcome) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual([
      'consent-refused',
      'no-payment-route',
      'not-eligible',
      'paid',
      'payment-failed',
      'rejected-at-intake',
      'waiting-for-a-person',
    ]);
    expect(counts.get('paid')).toBe(Math.max(...counts.values()));
    for (const count of counts.values()) expect(count).toBeGreaterThan(5);
  });

  it('has plausible shares of people whom systems forget', () => {
    expect(share(({ row }) => row.national_id === '')).toBeGreaterThan(0.03);
    expect(share(({ row }) => row.phone === '')).toBeGreaterThan(0.1);
    expect(share(({ truth }) => truth.displaced)).toBeGreaterThan(0.05);
    expect(share(({ truth }) => truth.disabled > 0)).toBeGreaterThan(0.1);
    expect(share(({ truth }) => truth.headSex === 'female')).toBeGreaterThan(0.28);
    expect(share(({ row }) => row.payment_route === 'none')).toBeGreaterThan(0.15);
    expect(share(({ truth }) => truth.poor)).toBeGreaterThan(0.3);
    expect(share(({ truth }) => truth.poor)).toBeLessThan(0.75);
  });

  it('writes names in several scripts', () => {
    const names = households.map(({ row }) => row.first_name).join(' ');
    for (const script of [/\p{Script=Arabic}/u, /\p{Script=Ethiopic}/u, /[À-ɏḀ-ỿ]/u])
      expect(names).toMatch(script);
  });

  it('turns away duplicates, bad IDs, missing fields and wrong dates, each with field and reason', () => {
    const reasons = new Set(
      households.flatMap(({ expected }) =>
        expected.outcome === 'rejected-at-intake'
          ? [`${expected.field} ${expected.reason.replace(/\d+$/, 'N')}`]
          : [],
      ),
    );
    for (const reason of [
      'national_id duplicate-of-line-N',
      'national_id bad-format',
      'birth_date not-a-date',
      'birth_date in-the-future',
    ]) {
      expect(reasons).toContain(reason);
    }
    expect([...reasons].some((reason) => reason.endsWith('missing'))).toBe(true);
  });

  it('has one set of registry records per person', () => {
    const records = registryRecords(households);
    const keys = records.map(({ registry, content }) => `${registry}/${String(content['individualId'])}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(records.filter(({ registry }) => registry === 'population').length).toBeGreaterThan(850);
  });
});

describe('the census file', () => {
  it('is read back as it was written, with quotes, commas and line breaks', () => {
    const [one, two] = generateHouseholds({ count: 2 }).map(({ row }) => row);
    if (one === undefined || two === undefined) throw new Error('two households were asked for');
    const rows = [{ ...one, first_name: 'Ann "the, elder"\nof Hill' }, two];
    const read = readCsv(writeCsv(rows).replaceAll('\n', '\r\n').replace('elder"\r\n', 'elder"\n'));
    expect(read.map(({ row }) => row.last_name)).toEqual(rows.map(({ last_name }) => last_name));
    expect(readCsv(writeCsv(rows)).map(({ row }) => row)).toEqual(rows);
    expect(readCsv(writeCsv(rows)).map(({ line }) => line)).toEqual([2, 4]);
  });

  it('names the missing column and the short line', () => {
    expect(() => readCsv('national_id,first_name\n1,2\n')).toThrow(/last_name/);
    expect(() => readCsv(`${householdsCsv({ count: 1 })}a,b\n`)).toThrow(/Line 3 has 2 fields/);
  });
});

describe('targeting errors', () => {
  it('measure who is missed and who is served without need, by group', () => {
    const errors = targetingErrors(
      households.map((household) => ({ household, outcome: household.expected.outcome })),
    );
    const all = errors.find(({ group }) => group === 'all');
    expect(all?.households).toBe(
      households.filter(({ expected }) => expected.outcome !== 'rejected-at-intake').length,
    );
    expect(all?.exclusionError).toBeGreaterThan(0);
    expect(all?.exclusionError).toBeLessThan(0.5);
    expect(all?.inclusionError).toBeGreaterThan(0);
    expect(all?.inclusionError).toBeLessThan(0.6);
    expect(errors.map(({ group }) => group)).toEqual(
      expect.arrayContaining(['displaced: yes', 'region: border', 'head of household: female']),
    );
  });

  it('count nobody twice and nobody who waits as refused', () => {
    const sample = households.find(({ truth, expected }) => truth.poor && expected.outcome === 'paid');
    if (sample === undefined) throw new Error('no poor household was paid');
    const outcome = (name: 'not-eligible' | 'waiting-for-a-person'): number | null | undefined =>
      targetingErrors([{ household: sample, outcome: name }]).find(({ group }) => group === 'all')
        ?.exclusionError;
    expect(outcome('not-eligible')).toBe(1);
    expect(outcome('waiting-for-a-person')).toBeNull();
  });
});

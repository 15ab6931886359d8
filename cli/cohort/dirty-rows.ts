import type { CensusColumn, CensusRow } from './household.js';
import type { Chance } from './random.js';

/** What goes wrong on paper and at the keyboard: the line as typed, which the intake must turn away. */
export function soil(chance: Chance, row: CensusRow, earlier: readonly CensusRow[]): CensusRow {
  const kind = chance.weighted({ duplicate: 32, badId: 22, missing: 22, wrongDate: 16, impossible: 8 });
  switch (kind) {
    case 'duplicate':
      return duplicate(chance, row, earlier);
    case 'badId':
      return {
        ...row,
        national_id: chance.pick(['12345', 'UNKNOWN', `${row.national_id || '3000000000'}9`, '30-000-0001']),
      };
    case 'missing':
      return { ...row, [chance.pick(mayBeMissing)]: '' };
    case 'wrongDate':
      return {
        ...row,
        birth_date: chance.pick([
          '1990-02-30',
          '31/12/1985',
          '2099-05-01',
          '1890-01-01',
          '1987-13-04',
          'about 40',
        ]),
      };
    case 'impossible':
      return chance.happens(0.5)
        ? { ...row, children: String(Number(row.household_size) + 2) }
        : { ...row, region: 'North' };
  }
}

const mayBeMissing = [
  'first_name',
  'last_name',
  'birth_date',
  'household_size',
  'monthly_income',
] as const satisfies readonly [CensusColumn, ...CensusColumn[]];

/** The same person once more, often as another enumerator wrote the line. */
function duplicate(chance: Chance, row: CensusRow, earlier: readonly CensusRow[]): CensusRow {
  const known = earlier.filter(({ national_id }) => /^\d{10}$/.test(national_id));
  const other = known[chance.whole(0, Math.max(known.length - 1, 0))];
  if (other === undefined) return { ...row, first_name: '' };
  return chance.happens(0.5)
    ? other
    : {
        ...other,
        first_name: other.first_name.toUpperCase(),
        household_size: row.household_size,
        children: row.children,
      };
}

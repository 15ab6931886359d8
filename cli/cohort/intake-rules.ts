import { regions, type CensusColumn, type CensusRow } from './household.js';

/** What is wrong with a census line, if anything. One problem per line: the first in the order of the columns that matter. */
export interface IntakeProblem {
  readonly field: CensusColumn;
  readonly reason: string;
}

/** `firstLineOfId` says on which line a national ID stands first; `today` is an ISO date. */
export function intakeProblem(
  row: CensusRow,
  line: number,
  firstLineOfId: ReadonlyMap<string, number>,
  today: string,
): IntakeProblem | undefined {
  return (
    nameProblem(row) ??
    idProblem(row.national_id, line, firstLineOfId) ??
    birthDateProblem(row.birth_date, today) ??
    listProblem(row) ??
    compositionProblem(row) ??
    amountProblem(row)
  );
}

export function firstLines(
  rows: readonly { readonly line: number; readonly row: CensusRow }[],
): Map<string, number> {
  const found = new Map<string, number>();
  for (const { line, row } of rows) {
    if (row.national_id !== '' && !found.has(row.national_id)) found.set(row.national_id, line);
  }
  return found;
}

function nameProblem(row: CensusRow): IntakeProblem | undefined {
  if (row.first_name === '') return { field: 'first_name', reason: 'missing' };
  return row.last_name === '' ? { field: 'last_name', reason: 'missing' } : undefined;
}

function idProblem(
  id: string,
  line: number,
  firstLineOfId: ReadonlyMap<string, number>,
): IntakeProblem | undefined {
  if (id === '') return undefined;
  if (!/^\d{10}$/.test(id)) return { field: 'national_id', reason: 'bad-format' };
  const first = firstLineOfId.get(id) ?? line;
  return first === line ? undefined : { field: 'national_id', reason: `duplicate-of-line-${first}` };
}

function birthDateProblem(text: string, today: string): IntakeProblem | undefined {
  const problem = (reason: string): IntakeProblem => ({ field: 'birth_date', reason });
  if (text === '') return problem('missing');
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // A date that does not exist (30 February) is rolled over by Date: it then reads differently.
  if (parsed === undefined || Number.isNaN(parsed.getTime()) || !parsed.toISOString().startsWith(text)) {
    return problem('not-a-date');
  }
  if (text > today) return problem('in-the-future');
  return text < '1900-01-01' ? problem('too-long-ago') : undefined;
}

function listProblem(row: CensusRow): IntakeProblem | undefined {
  if (!['female', 'male', 'other'].includes(row.sex)) return { field: 'sex', reason: 'not-in-list' };
  return regions.some((region) => region === row.region)
    ? undefined
    : { field: 'region', reason: 'not-in-list' };
}

const isCount = (text: string): boolean => /^\d{1,4}$/.test(text);
const isAmount = (text: string): boolean => /^\d{1,7}(\.\d{1,2})?$/.test(text);
const notNumber = (text: string): string => (text === '' ? 'missing' : 'not-a-number');

function compositionProblem(row: CensusRow): IntakeProblem | undefined {
  if (!isCount(row.household_size)) return { field: 'household_size', reason: notNumber(row.household_size) };
  const size = Number(row.household_size);
  if (size < 1 || size > 30) return { field: 'household_size', reason: 'out-of-range' };
  if (!isCount(row.children)) return { field: 'children', reason: notNumber(row.children) };
  if (Number(row.children) >= size) return { field: 'children', reason: 'more-than-the-household' };
  for (const field of ['elderly', 'disabled'] as const) {
    if (!isCount(row[field]) || Number(row[field]) > size) return { field, reason: 'not-a-number' };
  }
  return undefined;
}

function amountProblem(row: CensusRow): IntakeProblem | undefined {
  if (!isAmount(row.land_hectares)) return { field: 'land_hectares', reason: 'not-a-number' };
  return isAmount(row.monthly_income)
    ? undefined
    : { field: 'monthly_income', reason: notNumber(row.monthly_income) };
}

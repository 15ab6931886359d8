import { writeCensusRow } from './census-row.js';
import { writeCsv } from './csv.js';
import { soil } from './dirty-rows.js';
import { expectedOutcome } from './expected-outcome.js';
import type { CensusRow, GeneratedHousehold, RegistryEntries, TrueHousehold } from './household.js';
import { firstLines } from './intake-rules.js';
import { inventHousehold } from './invent-household.js';
import { createChance } from './random.js';
import { inventRegistryEntries } from './registry-records.js';

/** The seed of `usecases/usct/seeds/households.csv`. */
const DEFAULT_SEED = 2026;

export interface GeneratorOptions {
  readonly count: number;
  readonly seed?: number;
  /** ISO date on which the census is taken in: dates after it lie in the future. */
  readonly today?: string;
}

/**
 * Invents a census: households, what was typed about them, what the registries hold, and what must become of each
 * line. The same options give the same census; nobody in it exists.
 */
export function generateHouseholds({
  count,
  seed = DEFAULT_SEED,
  today = '2026-01-01',
}: GeneratorOptions): GeneratedHousehold[] {
  const chance = createChance(seed);
  const drafts: { line: number; row: CensusRow; truth: TrueHousehold; registries: RegistryEntries }[] = [];
  const earlier: CensusRow[] = [];
  for (let serial = 1; serial <= count; serial += 1) {
    const truth = inventHousehold(chance);
    const clean = writeCensusRow(chance, truth, serial);
    const registries = inventRegistryEntries(chance, clean, truth);
    const row = chance.happens(0.065) ? soil(chance, clean, earlier) : clean;
    earlier.push(row);
    drafts.push({ line: serial + 1, row, truth, registries });
  }
  const first = firstLines(drafts);
  return drafts.map((draft) => ({ ...draft, expected: expectedOutcome(draft, first, today) }));
}

export function householdsCsv(options: GeneratorOptions): string {
  return writeCsv(generateHouseholds(options).map(({ row }) => row));
}

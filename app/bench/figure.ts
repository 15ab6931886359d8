/** One measured thing, several times in one go. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly values: readonly number[];
  /** What must be reached, in the same unit; `most` when less is better. */
  readonly target?: { readonly least: number } | { readonly most: number };
}

export interface SuiteReport {
  readonly suite: string;
  /** What carried it, and with which settings. */
  readonly on: string;
  readonly figures: readonly Figure[];
  /** Why a suite did not run. */
  readonly skipped?: string;
}

export function figure(
  name: string,
  unit: string,
  values: readonly number[],
  target?: Figure['target'],
): Figure {
  const sorted = [...values].sort((one, other) => one - other);
  return {
    name,
    unit,
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN,
    min: sorted[0] ?? NaN,
    max: sorted.at(-1) ?? NaN,
    values,
    ...(target === undefined ? {} : { target }),
  };
}

/** Whether the median is where it must be; undefined when nothing was asked. */
export function reached({ median, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return 'least' in target ? median >= target.least : median <= target.most;
}

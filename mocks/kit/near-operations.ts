import { nearness } from '../../contracts/near-misses.js';

interface Offered {
  readonly method: string;
  /** A path as a document spells it, `{parameters}` included. */
  readonly template: string;
}

const MOST = 3;
/** Costs of making one path into the other, segment by segment. */
const FILLED = 0.15;
const OTHER_CASE = 0.1;
const ONE_MORE = 0.7;
const OTHER_METHOD = 0.3;
const SAME_END = 0.3;

/**
 * The operations that a request may have meant, nearest first, as `POST /data/{registry}/create`. A parameter takes any
 * segment; a segment too many (a prefix such as `/api`) or too few is forgiven, as is a misspelt one.
 */
export function nearOperations(offered: readonly Offered[], method: string, path: string): readonly string[] {
  const asked = segmentsOf(path);
  if (asked.length === 0) return [];
  const worst = 0.4 + asked.length * 0.35;
  const found = offered
    .map((one) => ({
      text: `${one.method} ${one.template}`,
      cost: costOf(asked, segmentsOf(one.template)) + (one.method === method ? 0 : OTHER_METHOD),
    }))
    .filter(({ cost }) => cost <= worst)
    .sort((one, other) => one.cost - other.cost || one.text.localeCompare(other.text));
  const best = found[0]?.cost ?? 0;
  const near = found.filter(({ cost }) => cost <= best + 0.5).map(({ text }) => text);
  return [...new Set(near)].slice(0, MOST);
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** As Levenshtein counts letters, for whole segments. At least one fixed segment must be like one that was asked for. */
function costOf(asked: readonly string[], template: readonly string[]): number {
  let before = Array.from({ length: template.length + 1 }, (_one, index) => index * ONE_MORE);
  let anyAlike = false;
  for (const [row, given] of asked.entries()) {
    const now = [(row + 1) * ONE_MORE];
    for (const [column, wanted] of template.entries()) {
      const swap = swapCost(given, wanted);
      if (!wanted.includes('{') && swap < 0.5) anyAlike = true;
      now.push(
        Math.min(
          (before[column] ?? 0) + swap,
          (before[column + 1] ?? 0) + ONE_MORE,
          (now[column] ?? 0) + ONE_MORE,
        ),
      );
    }
    before = now;
  }
  if (!anyAlike) return Number.POSITIVE_INFINITY;
  // The last word says what is to be done; who has it right means this operation.
  const same = asked.at(-1) === template.at(-1) ? SAME_END : 0;
  return (before[template.length] ?? 0) - same;
}

function swapCost(given: string, wanted: string): number {
  if (given === wanted) return 0;
  if (wanted.includes('{')) return FILLED;
  if (given.toLowerCase() === wanted.toLowerCase()) return OTHER_CASE;
  return 1 - nearness(given.toLowerCase(), wanted.toLowerCase());
}

/** The nearest known name, if one is near enough that it was probably meant; looked for among the first 500. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let looked = 0;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    looked += 1;
    if (looked > 500) break;
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const away = distance(name.toLowerCase(), candidate.toLowerCase());
    if (away < least) {
      best = candidate;
      least = away;
    }
  }
  return best;
}

/** ` (did you mean "x"?)`, or nothing: for the placeholder `{suggestion}`. */
export function suggestion(name: string, known: Iterable<string>): string {
  const found = nearest(name.slice(0, 100), known);
  return found === undefined ? '' : ` (did you mean "${found}"?)`;
}

const LISTED = 12;

/** Names as a sentence has them: `a, b, c`, at most twelve of them. */
export function listed(names: Iterable<string>): string {
  const all: string[] = [];
  for (const name of names) {
    if (all.length === LISTED) return `${all.join(', ')} and more`;
    all.push(name);
  }
  return all.length === 0 ? 'none' : all.join(', ');
}

/** Letters to change, add, remove or swap with their neighbour. */
function distance(one: string, other: string): number {
  let previous: number[] = [];
  let current = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min(
        (current[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (current[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        cost = Math.min(cost, (previous[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    previous = current;
    current = next;
  }
  return current[other.length] ?? 0;
}

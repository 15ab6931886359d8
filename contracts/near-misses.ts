/** What is longer was hardly typed, and comparing it would take its square in time. */
const LONGEST_COMPARED = 100;

/** The names that somebody may have meant, nearest first. */
export function nearMisses(wanted: string, names: readonly string[], most = 3): readonly string[] {
  if (wanted === '' || wanted.length > LONGEST_COMPARED) return [];
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return names
    .map((name) => ({ name, distance: distance(wanted.toLowerCase(), name.toLowerCase(), limit) }))
    .filter(({ name, distance: far }) => far <= limit || name.toLowerCase().includes(wanted.toLowerCase()))
    .sort((one, other) => one.distance - other.distance || one.name.localeCompare(other.name))
    .slice(0, most)
    .map(({ name }) => name);
}

/** Levenshtein's, given up beyond the limit. */
function distance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let before = Array.from({ length: other.length + 1 }, (_item, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      now.push(
        Math.min(
          (before[column] ?? 0) + 1,
          (now[column - 1] ?? 0) + 1,
          (before[column - 1] ?? 0) + (same ? 0 : 1),
        ),
      );
    }
    before = now;
  }
  return before[other.length] ?? 0;
}

/** The end of a sentence about something that is not there: `; did you mean a or b?`, or nothing. */
export function didYouMean(wanted: string, names: readonly string[], most = 3): string {
  return suggestion(nearMisses(wanted, names, most));
}

/** The same for names that were chosen already, nearest first. */
export function suggestion(names: readonly string[]): string {
  if (names.length === 0) return '';
  const last = names[names.length - 1] ?? '';
  const before = names.slice(0, -1);
  return `; did you mean ${before.length === 0 ? last : `${before.join(', ')} or ${last}`}?`;
}

/** From 0, nothing alike, to 1, the same. Long texts are compared by their beginning. */
export function nearness(one: string, other: string): number {
  const [a, b] = [one.slice(0, LONGEST_COMPARED), other.slice(0, LONGEST_COMPARED)];
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : Math.max(0, 1 - distance(a, b, longest) / longest);
}

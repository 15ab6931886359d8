import { Fallback } from '../compiled/signals.js';

/*
 * jq's regular expressions are Oniguruma's. For ASCII texts of one line and the plain patterns below JavaScript's own
 * agree with them. Everything else goes to the reference: also repeated groups that repeat inside, because those can
 * take for ever and nothing here could stop them.
 */
const escape = String.raw`\\[dwsDWS./\\+*?()[\]{}|^$-]`;
const classItem = String.raw`(?:\\[dws./\\+*?()[\]{}|^$-]|[a-zA-Z0-9_@:.,;/ +*?=!%#~'"]-[a-zA-Z0-9]|[a-zA-Z0-9_@:.,;/ +*?=!%#~'"])`;
const characterClass = String.raw`\[\^?${classItem}+-?\]`;
const atom = String.raw`(?:[a-zA-Z0-9_@:,;/ =!%#~'"<>-]|\.|${escape}|${characterClass})`;
const quantifier = String.raw`(?:[*+?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})`;
const flatBranch = String.raw`${atom}+`;
const innerBranch = String.raw`(?:${atom}${quantifier}?)+`;
/** Told apart by what follows, so that no pattern is tried in many ways: the one may repeat inside, the other as a whole. */
const group = String.raw`\((?:\?:)?${innerBranch}(?:\|${innerBranch})*\)\??`;
const repeatedGroup = String.raw`\((?:\?:)?${flatBranch}(?:\|${flatBranch})*\)(?:[*+]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})`;
const branch = String.raw`\^?(?:${atom}${quantifier}?|${group}|${repeatedGroup})*\$?`;
const plainPattern = new RegExp(`^${branch}(?:\\|${branch})*$`);
const plainText = /^[\t -~]*$/;

/** Bound on the places that a backtracking search may have to try. */
const mostPlaces = 1e7;

interface KnownPattern {
  readonly regex: RegExp;
  readonly longestText: number;
}

const known = new Map<string, KnownPattern | undefined>();
const mostKnown = 500;

/** Whether the pattern occurs in the text. Throws Fallback for patterns and texts that need the reference. */
export function matchesPattern(text: string, pattern: string, ignoreCase: boolean): boolean {
  const key = `${ignoreCase ? 'i' : ''}/${pattern}`;
  if (!known.has(key)) {
    if (known.size >= mostKnown) known.clear();
    known.set(key, translate(pattern, ignoreCase));
  }
  const found = known.get(key);
  if (found === undefined) throw new Fallback('a pattern that needs Oniguruma');
  if (text.length > found.longestText || !plainText.test(text))
    throw new Fallback('a text that needs Oniguruma');
  return found.regex.test(text);
}

function translate(pattern: string, ignoreCase: boolean): KnownPattern | undefined {
  if (pattern.length > 200 || !plainPattern.test(pattern)) return undefined;
  // Each repetition multiplies the places to try by the length of the text, and so does a start anywhere.
  const repetitions = pattern.match(/[*+?}]/g)?.length ?? 0;
  const anchored = pattern.startsWith('^') && !pattern.includes('|');
  const longestText = Math.floor(mostPlaces ** (1 / (repetitions + (anchored ? 0 : 1))));
  try {
    return { regex: new RegExp(pattern, ignoreCase ? 'i' : ''), longestText };
  } catch {
    return undefined;
  }
}

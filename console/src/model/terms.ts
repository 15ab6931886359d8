export interface TermPart {
  readonly text: string;
  /** The term that this part of the text is; undefined for what lies between. */
  readonly term: string | undefined;
}

/**
 * Cuts a text where words of a glossary stand in it: each term at its first place only, longer words before shorter
 * ones. `words` gives a term's forms, such as singular and plural.
 */
export function cutAtTerms(
  text: string,
  words: Readonly<Record<string, readonly string[]>>,
): readonly TermPart[] {
  const lower = text.toLocaleLowerCase();
  const places = Object.entries(words).flatMap(([term, forms]) => {
    const found = forms
      .map((form) => ({ term, at: lower.indexOf(form.toLocaleLowerCase()), length: form.length }))
      .filter(({ at, length }) => at >= 0 && length > 0 && isWhole(text, at, length))
      .sort((one, other) => one.at - other.at || other.length - one.length);
    return found.slice(0, 1);
  });
  const parts: TermPart[] = [];
  let from = 0;
  for (const { term, at, length } of places.sort((one, other) => one.at - other.at)) {
    if (at < from) continue;
    parts.push({ text: text.slice(from, at), term: undefined });
    parts.push({ text: text.slice(at, at + length), term });
    from = at + length;
  }
  parts.push({ text: text.slice(from), term: undefined });
  return parts.filter((part) => part.text !== '');
}

/** A word, not a piece of one. */
function isWhole(text: string, at: number, length: number): boolean {
  const letter = /[\p{L}\p{M}]/u;
  return !letter.test(text.charAt(at - 1)) && !letter.test(text.charAt(at + length));
}

/**
 * What the server says (problems, causes of errors, refusals), by its English sentence. A part in braces stands for
 * whatever is there: `{service} did not answer {operation}: {why}`.
 */
export type ServerWords = Readonly<Record<string, string>>;

interface Pattern {
  readonly fits: RegExp;
  readonly translated: string;
}

/** Turns a sentence of the server into the reader's language; undefined when nobody translated it. */
export function tellerOf(words: ServerWords): (english: string) => string | undefined {
  const patterns = Object.keys(words)
    .filter((english) => english.includes('{'))
    // Where two fit, the one that says more itself.
    .sort((a, b) => fixedLength(b) - fixedLength(a))
    .map((english): Pattern => ({ fits: patternOf(english), translated: words[english] ?? '' }));
  const tell = (english: string): string | undefined => {
    if (Object.hasOwn(words, english)) return words[english];
    for (const { fits, translated } of patterns) {
      const parts = fits.exec(english)?.groups;
      if (parts !== undefined)
        return translated.replace(/\{(\w+)\}/g, (_, name: string) => partOf(parts[name] ?? ''));
    }
    return undefined;
  };
  // A part may be a sentence as well; what is none keeps its own direction.
  const partOf = (part: string): string => tell(part) ?? `\u2068${part}\u2069`;
  return (english) => {
    const text = tell(english);
    if (text !== undefined || !english.endsWith('.')) return text;
    const open = tell(english.slice(0, -1));
    return open === undefined ? undefined : `${open}.`;
  };
}

function patternOf(english: string): RegExp {
  const source = english
    .split(/(\{\w+\})/)
    .map((part) =>
      /^\{\w+\}$/.test(part) ? `(?<${part.slice(1, -1)}>.+?)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    );
  return new RegExp(`^${source.join('')}$`, 's');
}

function fixedLength(english: string): number {
  return english.replace(/\{\w+\}/g, '').length;
}

/** Where the brace closes that was opened before `start`, looking past jq's strings, interpolations and comments. */
export function closingBrace(text: string, start: number): number | undefined {
  return closing(text, start, '{', '}');
}

function closing(text: string, start: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at + 1);
      if (end === undefined) return undefined;
      at = end;
    } else if (character === '#') {
      const line = text.indexOf('\n', at);
      // A comment on the last line would swallow the closing brace itself.
      if (line < 0) return text.endsWith(close) ? text.length - 1 : undefined;
      at = line;
    } else if (character === open) {
      depth += 1;
    } else if (character === close) {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return undefined;
}

/** The position of the quote that ends the string whose text begins at `start`. */
function endOfString(text: string, start: number): number | undefined {
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return at;
    if (character !== '\\') continue;
    at += 1;
    if (text.charAt(at) !== '(') continue;
    const end = closing(text, at + 1, '(', ')');
    if (end === undefined) return undefined;
    at = end;
  }
  return undefined;
}

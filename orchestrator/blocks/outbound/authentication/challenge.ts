/** A challenge of a WWW-Authenticate header, RFC 9110, 11.6.1. Names of parameters in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
// Sticky expressions, so that the header is read once from left to right.
const PARAMETER = new RegExp(`\\s*(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))\\s*(?:,|$)`, 'y');
const SCHEME = new RegExp(`[\\s,]*(${TOKEN})(?:\\s+|\\s*,|$)`, 'y');
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*\s*(?:,|$)/y;

/** What cannot be read ends the list: what came before it still counts. */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: Challenge[] = [];
  let at = 0;
  const take = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = at;
    const found = expression.exec(header);
    if (found !== null) at = expression.lastIndex;
    return found;
  };
  while (at < header.length) {
    const scheme = take(SCHEME)?.[1];
    if (scheme === undefined) break;
    const parameters: Record<string, string> = {};
    let found = take(PARAMETER);
    if (found === null) take(TOKEN68);
    for (; found !== null; found = take(PARAMETER)) {
      const [, name = '', quoted, plain = ''] = found;
      parameters[name.toLowerCase()] = quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1');
    }
    challenges.push({ scheme, parameters });
  }
  return challenges;
}

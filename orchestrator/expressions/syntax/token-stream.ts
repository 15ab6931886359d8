import type { Token } from './token.js';
import { Unsupported } from './unsupported.js';

export interface TokenStream {
  peek(ahead?: number): Token | undefined;
  next(): Token;
  /** Whether the next token is this symbol or word. */
  at(text: string): boolean;
  /** Takes the next token when it is this symbol or word. */
  take(text: string): boolean;
  expect(text: string): void;
  /** Takes a plain `$name`; destructuring patterns are left to the reference. */
  variable(): string;
}

/** A cursor over tokens. A token that does not fit raises Unsupported: the reference decides whether the program is wrong. */
export function createTokenStream(tokens: readonly Token[]): TokenStream {
  let position = 0;
  const isText = (token: Token | undefined, text: string): boolean =>
    token !== undefined && (token.kind === 'symbol' || token.kind === 'word') && token.text === text;
  const stream: TokenStream = {
    peek: (ahead = 0) => tokens[position + ahead],
    next: () => {
      const token = tokens[position];
      if (token === undefined) throw new Unsupported('a program that ends early');
      position += 1;
      return token;
    },
    at: (text) => isText(tokens[position], text),
    take: (text) => {
      if (!isText(tokens[position], text)) return false;
      position += 1;
      return true;
    },
    expect: (text) => {
      if (!stream.take(text)) throw new Unsupported(`no "${text}" where one was expected`);
    },
    variable: () => {
      const token = stream.next();
      if (token.kind !== 'variable') throw new Unsupported('a destructuring pattern');
      return token.text;
    },
  };
  return stream;
}

import type { Node } from './nodes.js';
import type { TokenStream } from './token-stream.js';
import type { Token } from './token.js';

/** The grammar rules that terms need from expressions; handed in, because the two refer to each other. */
export interface ExpressionRules {
  /** A whole query: pipes, commas, bindings, definitions. */
  query(stream: TokenStream): Node;
  /** Everything that binds tighter than a comma. */
  operation(stream: TokenStream): Node;
  /** A query of its own tokens, such as an interpolation. */
  nested(tokens: readonly Token[]): Node;
}

import { identity, type Node, type ObjectEntry } from './nodes.js';
import type { ExpressionRules } from './rules.js';
import type { TokenStream } from './token-stream.js';
import type { StringPart } from './token.js';
import { Unsupported } from './unsupported.js';

interface TermRules {
  term(stream: TokenStream): Node;
  text(parts: readonly StringPart[], format: string): Node;
}

/** Parses an object construction whose opening brace is already taken. */
export function createObjectParser(rules: ExpressionRules, terms: TermRules): (stream: TokenStream) => Node {
  function entry(stream: TokenStream): ObjectEntry {
    const token = stream.next();
    switch (token.kind) {
      case 'word':
        return named(stream, { kind: 'literal', value: token.text });
      case 'string':
        return named(stream, terms.text(token.parts, 'text'));
      case 'variable':
        if (stream.at(':')) throw new Unsupported('a variable as a key');
        if (token.text === '__loc__' || token.text === 'ENV')
          throw new Unsupported(`$${token.text} as a key`);
        return { key: { kind: 'literal', value: token.text }, value: { kind: 'variable', name: token.text } };
      case 'symbol': {
        if (token.text !== '(') throw new Unsupported(`"${token.text}" as a key`);
        const key = rules.query(stream);
        stream.expect(')');
        // jq refuses a constant key that is no string while compiling, even where it is never reached.
        if (isConstant(key) && !(key.kind === 'literal' && typeof key.value === 'string')) {
          throw new Unsupported('a constant key');
        }
        stream.expect(':');
        return { key, value: value(stream) };
      }
      case 'number':
      case 'field':
      case 'format':
        throw new Unsupported('this kind of key');
    }
  }

  function named(stream: TokenStream, key: Node): ObjectEntry {
    if (stream.take(':')) return { key, value: value(stream) };
    return { key, value: { kind: 'index', target: identity, key, optional: false } };
  }

  /** A value ends at a comma, unlike elsewhere, and takes no bindings or definitions. */
  function value(stream: TokenStream): Node {
    const left = rules.operation(stream);
    return stream.take('|') ? { kind: 'pipe', left, right: value(stream) } : left;
  }

  return (stream) => {
    const entries: ObjectEntry[] = [];
    if (stream.take('}')) return { kind: 'object', entries };
    do entries.push(entry(stream));
    while (stream.take(','));
    stream.expect('}');
    return { kind: 'object', entries };
  };
}

/** Whether jq may fold an expression into a constant. */
function isConstant(node: Node): boolean {
  switch (node.kind) {
    case 'literal':
      return true;
    case 'array':
      return node.body === undefined || isConstant(node.body);
    case 'object':
      return node.entries.every(({ key, value }) => isConstant(key) && isConstant(value));
    case 'negate':
      return isConstant(node.body);
    case 'pipe':
      return [node.left, node.right].every((part) => part.kind === 'identity' || isConstant(part));
    case 'arithmetic':
    case 'comparison':
    case 'logic':
    case 'comma':
      return isConstant(node.left) && isConstant(node.right);
    default:
      return false;
  }
}

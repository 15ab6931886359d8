import { identity, nullLiteral, type Node } from './nodes.js';
import { createObjectParser } from './object-parser.js';
import type { ExpressionRules } from './rules.js';
import type { TokenStream } from './token-stream.js';
import type { StringPart, Token } from './token.js';
import { Unsupported } from './unsupported.js';

const reserved = new Set([
  ...[
    'def',
    'if',
    'then',
    'elif',
    'else',
    'end',
    'as',
    'reduce',
    'foreach',
    'try',
    'catch',
    'label',
    'import',
    'include',
  ],
  ...['and', 'or', '__loc__'],
]);

/** Parses a term with everything attached to it: `.a.b[0]?`, calls, literals, `if`, `reduce`, `try`. */
export function createTermParser(rules: ExpressionRules): (stream: TokenStream) => Node {
  const object = createObjectParser(rules, { term, text });

  function term(stream: TokenStream): Node {
    let node = head(stream);
    for (;;) {
      const token = stream.peek();
      if (token?.kind === 'field') {
        stream.next();
        node = field(stream, node, { kind: 'literal', value: token.text });
      } else if (stream.at('[')) {
        node = bracket(stream, node, true);
      } else if (stream.at('.') && isSymbol(stream.peek(1), '[')) {
        stream.next();
        node = bracket(stream, node, false);
      } else if (stream.take('?')) {
        node = { kind: 'attempt', body: node, handler: undefined };
      } else if (stream.at('.') && stream.peek(1)?.kind === 'string') {
        stream.next();
        node = field(stream, node, string(stream));
      } else {
        return node;
      }
    }
  }

  function head(stream: TokenStream): Node {
    const token = stream.next();
    switch (token.kind) {
      case 'number':
        return numberLiteral(token.text);
      case 'string':
        return text(token.parts, 'text');
      case 'field':
        return field(stream, identity, { kind: 'literal', value: token.text });
      case 'variable':
        if (token.text === '__loc__') throw new Unsupported('$__loc__');
        return token.text === 'ENV'
          ? { kind: 'object', entries: [] }
          : { kind: 'variable', name: token.text };
      case 'format':
        return format(stream, token.text.slice(1));
      case 'word':
        return word(stream, token.text);
      case 'symbol':
        return symbol(stream, token.text);
    }
  }

  function symbol(stream: TokenStream, text: string): Node {
    switch (text) {
      case '.':
        if (stream.peek()?.kind === 'string') return field(stream, identity, string(stream));
        return identity;
      case '..':
        return { kind: 'call', name: 'recurse', args: [] };
      case '(': {
        const inner = rules.query(stream);
        stream.expect(')');
        return inner;
      }
      case '[': {
        if (stream.take(']')) return { kind: 'array', body: undefined };
        const body = rules.query(stream);
        stream.expect(']');
        return { kind: 'array', body };
      }
      case '{':
        return object(stream);
      default:
        throw new Unsupported(`"${text}" where a term was expected`);
    }
  }

  function word(stream: TokenStream, name: string): Node {
    switch (name) {
      case 'null':
        return nullLiteral;
      case 'true':
      case 'false':
        return { kind: 'literal', value: name === 'true' };
      case 'if':
        return conditional(stream);
      case 'try': {
        const body = term(stream);
        return { kind: 'attempt', body, handler: stream.take('catch') ? term(stream) : undefined };
      }
      case 'reduce':
      case 'foreach':
        return fold(stream, name);
      default:
        return call(stream, name);
    }
  }

  function conditional(stream: TokenStream): Node {
    const condition = rules.query(stream);
    stream.expect('then');
    const then = rules.query(stream);
    if (stream.take('elif')) return { kind: 'if', condition, then, otherwise: conditional(stream) };
    const otherwise = stream.take('else') ? rules.query(stream) : identity;
    stream.expect('end');
    return { kind: 'if', condition, then, otherwise };
  }

  function fold(stream: TokenStream, kind: 'reduce' | 'foreach'): Node {
    const source = term(stream);
    stream.expect('as');
    const name = stream.variable();
    stream.expect('(');
    const init = rules.query(stream);
    stream.expect(';');
    const update = rules.query(stream);
    const extract = kind === 'foreach' && stream.take(';') ? rules.query(stream) : identity;
    stream.expect(')');
    return kind === 'reduce'
      ? { kind, source, name, init, update }
      : { kind, source, name, init, update, extract };
  }

  function call(stream: TokenStream, name: string): Node {
    if (reserved.has(name)) throw new Unsupported(`the word ${name}`);
    const args: Node[] = [];
    if (stream.take('(')) {
      do args.push(rules.query(stream));
      while (stream.take(';'));
      stream.expect(')');
    }
    return { kind: 'call', name, args };
  }

  function field(stream: TokenStream, target: Node, key: Node): Node {
    return { kind: 'index', target, key, optional: stream.take('?') };
  }

  /** `[...]` after a term; jq takes no slices in the form `.a.[1:2]`. */
  function bracket(stream: TokenStream, target: Node, maySlice: boolean): Node {
    stream.expect('[');
    if (stream.take(']')) return { kind: 'iterate', target, optional: stream.take('?') };
    const from = stream.at(':') ? nullLiteral : rules.query(stream);
    if (stream.take(']')) return field(stream, target, from);
    if (!maySlice) throw new Unsupported('a slice after a dot');
    stream.expect(':');
    const to = stream.at(']') ? nullLiteral : rules.query(stream);
    if (from === nullLiteral && to === nullLiteral) throw new Unsupported('a slice without bounds');
    stream.expect(']');
    return { kind: 'slice', target, from, to, optional: stream.take('?') };
  }

  function format(stream: TokenStream, name: string): Node {
    const token = stream.peek();
    if (token?.kind !== 'string') return { kind: 'format', name };
    stream.next();
    return text(token.parts, name);
  }

  function string(stream: TokenStream): Node {
    const token = stream.next();
    if (token.kind !== 'string') throw new Unsupported('something else than a string');
    return text(token.parts, 'text');
  }

  function text(parts: readonly StringPart[], name: string): Node {
    const [first] = parts;
    if (parts.length === 1 && typeof first === 'string') return { kind: 'literal', value: first };
    return {
      kind: 'text',
      format: name,
      parts: parts.map((part) => (typeof part === 'string' ? part : rules.nested(part))),
    };
  }

  return term;
}

/** jq keeps the spelling of a literal when it prints it, so only literals that JavaScript spells the same are taken. */
function numberLiteral(text: string): Node {
  const value = Number(text);
  if (String(value) !== text) throw new Unsupported(`the number ${text}`);
  return { kind: 'literal', value };
}

function isSymbol(token: Token | undefined, text: string): boolean {
  return token?.kind === 'symbol' && token.text === text;
}

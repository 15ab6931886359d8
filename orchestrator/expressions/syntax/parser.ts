import type { ArithmeticOperator, AssignmentOperator, ComparisonOperator, Node, Parameter } from './nodes.js';
import type { ExpressionRules } from './rules.js';
import { createTermParser } from './term-parser.js';
import { createTokenStream, type TokenStream } from './token-stream.js';
import type { Token } from './token.js';
import { tokenize } from './tokens.js';
import { Unsupported } from './unsupported.js';

const assignments = new Set(['=', '|=', '//=', '+=', '-=', '*=', '/=', '%=']);
const comparisons = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** Parses one jq program. Throws Unsupported for anything outside the fast path's subset, right or wrong. */
export function parse(program: string): Node {
  return rules.nested(tokenize(program));
}

const rules: ExpressionRules = { query, operation, nested };
const term = createTermParser(rules);

function nested(tokens: readonly Token[]): Node {
  const stream = createTokenStream(tokens);
  const node = query(stream);
  if (stream.peek() !== undefined) throw new Unsupported('text after the end of the program');
  return node;
}

function query(stream: TokenStream): Node {
  if (stream.take('def')) return definition(stream);
  let left = operation(stream);
  for (;;) {
    if (stream.take('as')) {
      const name = stream.variable();
      stream.expect('|');
      return { kind: 'bind', source: left, name, body: query(stream) };
    }
    if (stream.take('|')) return { kind: 'pipe', left, right: query(stream) };
    if (!stream.take(',')) return left;
    const right = operation(stream);
    if (stream.take('as')) {
      const name = stream.variable();
      stream.expect('|');
      return { kind: 'comma', left, right: { kind: 'bind', source: right, name, body: query(stream) } };
    }
    left = { kind: 'comma', left, right };
  }
}

function definition(stream: TokenStream): Node {
  const name = stream.next();
  if (name.kind !== 'word') throw new Unsupported('a definition without a name');
  const parameters: Parameter[] = [];
  if (stream.take('(')) {
    do {
      const token = stream.next();
      if (token.kind !== 'word' && token.kind !== 'variable') throw new Unsupported('a parameter');
      parameters.push({ name: token.text, byValue: token.kind === 'variable' });
    } while (stream.take(';'));
    stream.expect(')');
  }
  stream.expect(':');
  const body = query(stream);
  stream.expect(';');
  return { kind: 'define', name: name.text, parameters, body, rest: query(stream) };
}

/** `//` is the loosest operator and groups to the right; assignments and comparisons do not chain. */
function operation(stream: TokenStream): Node {
  const left = assignment(stream);
  return stream.take('//') ? { kind: 'alternative', left, right: operation(stream) } : left;
}

function assignment(stream: TokenStream): Node {
  const target = either(stream);
  const operator = takeOneOf(stream, assignments);
  if (operator === undefined) return target;
  const value = either(stream);
  if (takeOneOf(stream, assignments) !== undefined) throw new Unsupported('a chain of assignments');
  return { kind: 'assign', operator: operator as AssignmentOperator, target, value };
}

function either(stream: TokenStream): Node {
  let left = both(stream);
  while (stream.take('or')) left = { kind: 'logic', operator: 'or', left, right: both(stream) };
  return left;
}

function both(stream: TokenStream): Node {
  let left = comparison(stream);
  while (stream.take('and')) left = { kind: 'logic', operator: 'and', left, right: comparison(stream) };
  return left;
}

function comparison(stream: TokenStream): Node {
  const left = sum(stream);
  const operator = takeOneOf(stream, comparisons);
  if (operator === undefined) return left;
  const right = sum(stream);
  if (takeOneOf(stream, comparisons) !== undefined) throw new Unsupported('a chain of comparisons');
  return { kind: 'comparison', operator: operator as ComparisonOperator, left, right };
}

function sum(stream: TokenStream): Node {
  return leftToRight(stream, product, ['+', '-']);
}

function product(stream: TokenStream): Node {
  return leftToRight(stream, signed, ['*', '/', '%']);
}

function signed(stream: TokenStream): Node {
  return stream.take('-') ? { kind: 'negate', body: signed(stream) } : term(stream);
}

function leftToRight(
  stream: TokenStream,
  operand: (stream: TokenStream) => Node,
  operators: readonly ArithmeticOperator[],
): Node {
  let left = operand(stream);
  for (;;) {
    const operator = operators.find((candidate) => stream.take(candidate));
    if (operator === undefined) return left;
    left = { kind: 'arithmetic', operator, left, right: operand(stream) };
  }
}

function takeOneOf(stream: TokenStream, symbols: ReadonlySet<string>): string | undefined {
  const token = stream.peek();
  if (token?.kind !== 'symbol' || !symbols.has(token.text)) return undefined;
  stream.next();
  return token.text;
}

import type { Json } from '../../../contracts/json.js';
import type { Node } from '../syntax/nodes.js';
import { parse } from '../syntax/parser.js';
import { Unsupported } from '../syntax/unsupported.js';
import { getAt, sliceOf } from './access.js';
import { compileAccumulator } from './accumulate.js';
import { arithmetic, comparison, negate } from './arithmetic.js';
import { compileAssignment } from './assignment.js';
import { alternative, attempt, forgiving } from './attempt.js';
import { compileCall, compileDefinition } from './calls.js';
import { combine, onInput, pipe } from './combine.js';
import type { Compiler } from './compiler.js';
import { constructObject, constructText } from './construct.js';
import { foreach, lastOf, reduce } from './fold.js';
import { formats } from './formats.js';
import { conditional, either, iterate } from './flow.js';
import { bindValue, collect, single, stream, type Filter, type Run } from './run.js';
import { climb, emptyScope, findVariable, withValue, type Scope } from './scope.js';
import { getKey } from './values.js';

/** A program ready to run, and the variables it wants. */
export interface CompiledProgram {
  readonly filter: Filter;
  readonly freeVariables: readonly string[];
  /** Whether it may put new arrays or objects together; what only reads gives nothing that was not there. */
  readonly builds: boolean;
}

/** Compiles a jq program into closures. Undefined for whatever the fast path leaves to the reference. */
export function compile(program: string): CompiledProgram | undefined {
  const freeVariables = new Set<string>();
  const compiler: Compiler = { freeVariables, compile: (node, scope) => compileNode(compiler, node, scope) };
  try {
    const node = parse(program);
    const filter = compiler.compile(node, emptyScope);
    return { filter, freeVariables: [...freeVariables], builds: builds(node) };
  } catch (error) {
    // A RangeError is the stack running out on a program nested very deeply.
    if (error instanceof Unsupported || error instanceof RangeError) return undefined;
    throw error;
  }
}

function builds(node: Node): boolean {
  switch (node.kind) {
    case 'identity':
    case 'literal':
    case 'variable':
    case 'format':
    case 'text':
      return false;
    case 'index':
      return builds(node.target);
    case 'slice':
    case 'iterate':
      return builds(node.target);
    case 'pipe':
    case 'comma':
    case 'alternative':
      return builds(node.left) || builds(node.right);
    case 'comparison':
    case 'logic':
    case 'negate':
      return false;
    case 'if':
      return builds(node.then) || builds(node.otherwise);
    case 'bind':
      return builds(node.source) || builds(node.body);
    case 'call':
      return node.name !== 'select' && node.name !== 'length' && node.name !== 'not';
    default:
      return true;
  }
}

function compileNode(compiler: Compiler, node: Node, scope: Scope): Filter {
  const part = (inner: Node): Filter => compiler.compile(inner, scope);
  switch (node.kind) {
    case 'identity':
      return single((input) => input);
    case 'literal': {
      const { value } = node;
      return single(() => value);
    }
    case 'variable':
      return variable(compiler, node.name, scope);
    case 'text':
      return constructText(
        node.parts.map((piece) => (typeof piece === 'string' ? piece : part(piece))),
        format(node.format),
      );
    case 'format': {
      const write = format(node.name);
      return onInput(write);
    }
    case 'index':
      return index(part(node.target), part(node.key), node);
    case 'slice':
      return slice(part(node.target), part(node.from), part(node.to), node.optional);
    case 'iterate':
      return iterate(part(node.target), node.optional);
    case 'attempt':
      return attempt(
        part(node.body),
        node.handler && part(node.handler),
        node.handler !== undefined && node.handler.kind !== 'literal',
      );
    case 'array': {
      if (node.body === undefined) return single(() => []);
      const body = part(node.body);
      return array(body);
    }
    case 'object':
      return constructObject(node.entries.map(({ key, value }) => ({ key: part(key), value: part(value) })));
    case 'pipe':
      return pipe(part(node.left), part(node.right));
    case 'comma': {
      const left = part(node.left);
      const right = part(node.right);
      return stream((input, frame, emit) => left.each(input, frame, emit) || right.each(input, frame, emit));
    }
    case 'arithmetic':
      return combine(part(node.left), part(node.right), arithmetic[node.operator]);
    case 'comparison':
      return combine(part(node.left), part(node.right), comparison[node.operator]);
    case 'logic':
      return either(part(node.left), part(node.right), node.operator === 'or');
    case 'alternative':
      return alternative(part(node.left), part(node.right));
    case 'negate':
      return pipe(part(node.body), onInput(negate));
    case 'assign':
      return compileAssignment(compiler, node, scope);
    case 'if':
      return conditional(part(node.condition), part(node.then), part(node.otherwise));
    case 'bind':
      return bind(part(node.source), compiler.compile(node.body, withValue(scope, node.name)));
    case 'reduce': {
      const inner = withValue(scope, node.name);
      const update = compiler.compile(node.update, inner);
      const accumulator = compileAccumulator(compiler, node.update, inner);
      return reduce(
        part(node.source),
        part(node.init),
        accumulator ?? (() => (state, frame) => lastOf(update, state, frame)),
      );
    }
    case 'foreach': {
      const inner = withValue(scope, node.name);
      const update = compiler.compile(node.update, inner).one;
      if (update === undefined) throw new Unsupported('foreach with an update of many outputs');
      return foreach(part(node.source), part(node.init), update, compiler.compile(node.extract, inner));
    }
    case 'call':
      return compileCall(compiler, node, scope);
    case 'define':
      return compileDefinition(compiler, node, scope);
  }
}

function variable(compiler: Compiler, name: string, scope: Scope): Filter {
  const depth = findVariable(scope, name);
  if (depth === undefined) {
    compiler.freeVariables.add(name);
    return single((_input, frame) => getKey(frame.run.variables, name));
  }
  const levels = scope.depth - depth;
  return single((_input, frame) => climb(frame, levels).value);
}

function index(target: Filter, key: Filter, node: Extract<Node, { kind: 'index' }>): Filter {
  if (node.optional) return forgiving(target, key, getAt);
  const targetOne = target.one;
  if (targetOne !== undefined && node.key.kind === 'literal') {
    const name = node.key.value;
    return single((input, frame) => getAt(frame.run, targetOne(input, frame), name));
  }
  return combine(target, key, getAt);
}

function slice(target: Filter, from: Filter, to: Filter, optional: boolean): Filter {
  const fromOne = from.one;
  const toOne = to.one;
  if (fromOne === undefined || toOne === undefined) throw new Unsupported('a slice with several bounds');
  const bounds = single((input, frame) => [fromOne(input, frame), toOne(input, frame)]);
  const cut = (run: Run, value: Json, pair: Json): Json =>
    sliceOf(run, value, getAt(run, pair, 0), getAt(run, pair, 1));
  return optional ? forgiving(target, bounds, cut) : combine(target, bounds, cut);
}

function array(body: Filter): Filter {
  const { one } = body;
  if (one !== undefined) return single((input, frame) => [one(input, frame)]);
  return single((input, frame) => collect(body, input, frame));
}

function bind(source: Filter, body: Filter): Filter {
  const sourceOne = source.one;
  const bodyOne = body.one;
  if (sourceOne !== undefined && bodyOne !== undefined) {
    return single((input, frame) => bodyOne(input, bindValue(frame, sourceOne(input, frame))));
  }
  return stream((input, frame, emit) =>
    source.each(input, frame, (value) => body.each(input, bindValue(frame, value), emit)),
  );
}

function format(name: string): (typeof formats)[string] {
  const write = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (write === undefined) throw new Unsupported(`the format @${name}`);
  return write;
}

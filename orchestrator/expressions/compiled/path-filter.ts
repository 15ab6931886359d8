import type { Node } from '../syntax/nodes.js';
import type { Json } from '../../../contracts/json.js';
import { elementsOf, getAt, keysOf } from './access.js';
import { guarded, orUndefined } from './attempt.js';
import type { Compiler } from './compiler.js';
import type { Path } from './paths.js';
import { bindValue, charge, type Filter, type Frame } from './run.js';
import { findCallable, withValue, type Scope } from './scope.js';
import { truthy, typeOf } from './values.js';

interface Place {
  readonly path: Path;
  readonly value: Json;
}

/** Yields the places of a document that a path expression names. */
type PathFilter = (place: Place, frame: Frame, emit: (place: Place) => boolean) => boolean;

/** Compiles a path expression such as the left side of `|=`. Undefined for one that the fast path does not know. */
export function compilePaths(compiler: Compiler, node: Node, scope: Scope): PathFilter | undefined {
  const paths = (part: Node, within = scope): PathFilter | undefined => compilePaths(compiler, part, within);
  switch (node.kind) {
    case 'identity':
      return (place, _frame, emit) => emit(place);
    case 'index': {
      const target = paths(node.target);
      const key = compiler.compile(node.key, scope);
      return target && indexPaths(target, key, node.optional);
    }
    case 'iterate': {
      const target = paths(node.target);
      return (
        target &&
        ((place, frame, emit) =>
          target(place, frame, (found) =>
            node.optional && (found.value === null || typeof found.value !== 'object')
              ? false
              : children(found, frame, emit),
          ))
      );
    }
    case 'pipe': {
      const left = paths(node.left);
      const right = paths(node.right);
      return (
        left && right && ((place, frame, emit) => left(place, frame, (found) => right(found, frame, emit)))
      );
    }
    case 'comma': {
      const left = paths(node.left);
      const right = paths(node.right);
      return left && right && ((place, frame, emit) => left(place, frame, emit) || right(place, frame, emit));
    }
    case 'attempt': {
      const body = paths(node.body);
      if (body === undefined || node.handler !== undefined) return undefined;
      return (place, frame, emit) =>
        guarded(
          (inner) => body(place, frame, inner),
          emit,
          () => false,
        );
    }
    case 'if': {
      const condition = compiler.compile(node.condition, scope);
      const then = paths(node.then);
      const otherwise = paths(node.otherwise);
      return (
        then &&
        otherwise &&
        ((place, frame, emit) =>
          condition.each(place.value, frame, (value) =>
            (truthy(value) ? then : otherwise)(place, frame, emit),
          ))
      );
    }
    case 'alternative': {
      const left = paths(node.left);
      const right = paths(node.right);
      return left && right && alternativePaths(left, right);
    }
    case 'bind': {
      const source = compiler.compile(node.source, scope);
      const body = paths(node.body, withValue(scope, node.name));
      return (
        body &&
        ((place, frame, emit) =>
          source.each(place.value, frame, (value) => body(place, bindValue(frame, value), emit)))
      );
    }
    case 'call':
      return findCallable(scope, node.name, node.args.length) === undefined
        ? builtinPaths(compiler, node.name, node.args, scope)
        : undefined;
    default:
      return undefined;
  }
}

function indexPaths(target: PathFilter, key: Filter, optional: boolean): PathFilter {
  return (place, frame, emit) =>
    key.each(place.value, frame, (name) =>
      target(place, frame, (found) => {
        const read = (): Json => getAt(frame.run, found.value, name);
        const value = optional ? orUndefined(read) : read();
        return value !== undefined && emit({ path: [...found.path, name], value });
      }),
    );
}

function children(place: Place, frame: Frame, emit: (place: Place) => boolean): boolean {
  const values = elementsOf(frame.run, place.value);
  const keys = keysOf(frame.run, place.value);
  return keys.some((key, index) => {
    charge(frame.run, 1);
    return emit({ path: [...place.path, key], value: values[index] ?? null });
  });
}

function alternativePaths(left: PathFilter, right: PathFilter): PathFilter {
  return (place, frame, emit) => {
    let found = false as boolean;
    const stopped = left(place, frame, (candidate) => {
      if (!truthy(candidate.value)) return false;
      found = true;
      return emit(candidate);
    });
    return stopped || found ? stopped : right(place, frame, emit);
  };
}

function descend(place: Place, frame: Frame, emit: (place: Place) => boolean): boolean {
  charge(frame.run, 1);
  if (emit(place)) return true;
  const kind = typeOf(place.value);
  return (
    (kind === 'array' || kind === 'object') && children(place, frame, (child) => descend(child, frame, emit))
  );
}

function builtinPaths(
  compiler: Compiler,
  name: string,
  args: readonly Node[],
  scope: Scope,
): PathFilter | undefined {
  const [argument] = args;
  if (name === 'recurse' && argument === undefined) return descend;
  if (name === 'empty' && argument === undefined) return () => false;
  if (argument === undefined || args.length > 1) return undefined;
  if (name === 'select') {
    const condition = compiler.compile(argument, scope);
    return (place, frame, emit) =>
      condition.each(place.value, frame, (value) => truthy(value) && emit(place));
  }
  if (name !== 'first') return undefined;
  const source = compilePaths(compiler, argument, scope);
  if (source === undefined) return undefined;
  return (place, frame, emit) => {
    let first: Place | undefined;
    source(place, frame, (found) => {
      first = found;
      return true;
    });
    return first !== undefined && emit(first);
  };
}

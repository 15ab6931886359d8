import type { Json } from '../../../contracts/json.js';
import type { Node } from '../syntax/nodes.js';
import { deleteAt, elementsOf, getAt, setAt } from './access.js';
import type { Compiler } from './compiler.js';
import { compilePaths } from './path-filter.js';
import { deletePaths, getPath, setPath, type Path } from './paths.js';
import { charge, type Frame, type Run } from './run.js';
import { findCallable, type Scope } from './scope.js';
import { getKey, isArray, isObject, keepKey, orderedKeys, truthy, type Draft } from './values.js';

/** What becomes of one place: a new value, nothing at all, or what it was (which must not create it). */
export type Outcome = Json | typeof removed | typeof unchanged;
export const removed = Symbol('removed');
const unchanged = Symbol('unchanged');

type Change = (value: Json) => Outcome;

/** Applies a change to every place that a path expression names; the input stays as it is. */
export type Updater = (input: Json, frame: Frame, change: Change) => Json;

type Descent = (input: Json, frame: Frame, change: Change) => Outcome;

/**
 * Compiles the left side of an assignment. The usual chains of fields, `[]` and `select` name separate places and are
 * rewritten in one pass over the document; anything else goes path by path, as jq defines it.
 */
export function compileUpdater(compiler: Compiler, node: Node, scope: Scope): Updater | undefined {
  const descent = compileDescent(compiler, node, scope);
  if (descent !== undefined) {
    return (input, frame, change) => {
      const outcome = descent(input, frame, change);
      if (outcome === unchanged) return input;
      return outcome === removed ? null : outcome;
    };
  }
  const paths = compilePaths(compiler, node, scope);
  if (paths === undefined) return undefined;
  return (input, frame, change) => {
    const doomed: Path[] = [];
    let document = input;
    paths({ path: [], value: input }, frame, ({ path }) => {
      charge(frame.run, 1);
      const outcome = change(getPath(frame.run, document, path));
      if (outcome === removed) doomed.push(path);
      else if (outcome !== unchanged) document = setPath(frame.run, document, path, outcome);
      return false;
    });
    return deletePaths(frame.run, document, doomed);
  };
}

function compileDescent(compiler: Compiler, node: Node, scope: Scope): Descent | undefined {
  switch (node.kind) {
    case 'identity':
      return (input, _frame, change) => change(input);
    case 'index': {
      const target = compileDescent(compiler, node.target, scope);
      const key = compiler.compile(node.key, scope).one;
      if (target === undefined || key === undefined || node.optional) return undefined;
      return (input, frame, change) => {
        const name = key(input, frame);
        return target(input, frame, (value) => changeMember(frame.run, value, name, change));
      };
    }
    case 'iterate': {
      const target = compileDescent(compiler, node.target, scope);
      if (target === undefined || node.optional) return undefined;
      return (input, frame, change) =>
        target(input, frame, (value) => changeElements(frame.run, value, change));
    }
    case 'pipe': {
      const left = compileDescent(compiler, node.left, scope);
      const right = compileDescent(compiler, node.right, scope);
      return (
        left &&
        right &&
        ((input, frame, change) => left(input, frame, (value) => right(value, frame, change)))
      );
    }
    case 'call': {
      const [argument] = node.args;
      if (node.name !== 'select' || argument === undefined || node.args.length > 1) return undefined;
      if (findCallable(scope, 'select', 1) !== undefined) return undefined;
      const condition = compiler.compile(argument, scope).one;
      return (
        condition && ((input, frame, change) => (truthy(condition(input, frame)) ? change(input) : unchanged))
      );
    }
    default:
      return undefined;
  }
}

function changeMember(run: Run, value: Json, key: Json, change: Change): Outcome {
  const outcome = change(getAt(run, value, key));
  if (outcome === unchanged) return unchanged;
  if (outcome !== removed) return setAt(run, value, key, outcome);
  const rest = deleteAt(run, value, key);
  return rest === value ? unchanged : rest;
}

/** `.[]` on the left side: every element or member is changed, removed ones are left out. */
function changeElements(run: Run, value: Json, change: Change): Outcome {
  if (isArray(value)) {
    charge(run, value.length);
    const kept: Json[] = [];
    for (const item of value) {
      const outcome = change(item);
      if (outcome !== removed) kept.push(outcome === unchanged ? item : outcome);
    }
    return kept;
  }
  if (!isObject(value)) {
    elementsOf(run, value);
    return unchanged;
  }
  const keys = orderedKeys(run, value);
  charge(run, keys.length);
  const draft: Draft = {};
  for (const key of keys) {
    const outcome = change(getKey(value, key));
    if (outcome !== removed) keepKey(draft, key, outcome === unchanged ? getKey(value, key) : outcome);
  }
  return draft;
}

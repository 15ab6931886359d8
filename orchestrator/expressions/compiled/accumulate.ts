import type { Json } from '../../../contracts/json.js';
import type { AssignmentOperator, Node } from '../syntax/nodes.js';
import { getAt, setAt } from './access.js';
import { add, arithmetic } from './arithmetic.js';
import type { Compiler } from './compiler.js';
import { bindValue, charge, type Filter, type Frame, type Run } from './run.js';
import { withValue, type Scope } from './scope.js';
import { checkArray } from './size.js';
import { definedKeys, getKey, isArray, isObject, setKey, truthy, type Draft } from './values.js';

/*
 * `reduce` that builds a large object or array would copy it at every round. The updates that people write for this
 * (`. + {...}`, `.[$key] = ...`, `.a[$key] += ...`, joined by pipes, `if` and bindings) change in place those containers
 * that this very reduce has made. That is safe because what they store never comes from the state itself (see
 * `independent`), so no container of the state is reachable by two ways. All other updates give up that ownership.
 */

/** The containers that one reduce has made and nobody else can see. */
interface Owner {
  mine: WeakSet<object>;
}

/** One round: the next state. */
type Step = (state: Json, frame: Frame, owner: Owner) => Json;

/** Compiles the update of a reduce. Undefined when it does not have exactly one output. */
export function compileAccumulator(
  compiler: Compiler,
  update: Node,
  scope: Scope,
): (() => (state: Json, frame: Frame) => Json) | undefined {
  const step = compileStep(compiler, update, scope);
  return (
    step &&
    (() => {
      const owner: Owner = { mine: new WeakSet() };
      return (state, frame) => step(state, frame, owner);
    })
  );
}

function compileStep(compiler: Compiler, node: Node, scope: Scope): Step | undefined {
  return specialStep(compiler, node, scope) ?? generalStep(compiler.compile(node, scope));
}

function generalStep(filter: Filter): Step | undefined {
  const { one } = filter;
  return (
    one &&
    ((state, frame, owner) => {
      owner.mine = new WeakSet();
      return one(state, frame);
    })
  );
}

function specialStep(compiler: Compiler, node: Node, scope: Scope): Step | undefined {
  switch (node.kind) {
    case 'identity':
      return (state) => state;
    case 'pipe': {
      const left = compileStep(compiler, node.left, scope);
      const right = compileStep(compiler, node.right, scope);
      return left && right && ((state, frame, owner) => right(left(state, frame, owner), frame, owner));
    }
    case 'bind': {
      const source = outside(compiler, node.source, scope);
      const body = compileStep(compiler, node.body, withValue(scope, node.name));
      return (
        source &&
        body &&
        ((state, frame, owner) => body(state, bindValue(frame, source(state, frame)), owner))
      );
    }
    case 'if': {
      const condition = compiler.compile(node.condition, scope).one;
      const then = compileStep(compiler, node.then, scope);
      const otherwise = compileStep(compiler, node.otherwise, scope);
      if (condition === undefined || then === undefined || otherwise === undefined) return undefined;
      return (state, frame, owner) =>
        (truthy(condition(state, frame)) ? then : otherwise)(state, frame, owner);
    }
    case 'arithmetic': {
      const right = outside(compiler, node.right, scope);
      if (node.operator !== '+' || node.left.kind !== 'identity' || right === undefined) return undefined;
      return (state, frame, owner) => addInto(frame.run, state, right(state, frame), owner);
    }
    case 'assign': {
      const keys = keysOfTarget(compiler, node.target, scope);
      const value = outside(compiler, node.value, scope);
      const change = changes[node.operator];
      if (keys === undefined || value === undefined || change === undefined) return undefined;
      return (state, frame, owner) => {
        const next = value(state, frame);
        const path = keys.map((key) => key(state, frame));
        return setInto(frame.run, state, path, 0, (old) => change(frame.run, old, next, owner), owner);
      };
    }
    default:
      return undefined;
  }
}

type StateChange = (run: Run, old: Json, next: Json, owner: Owner) => Json;

/** `|=` is missing: its right side sees the old value, which is part of the state. */
const changes: Readonly<Partial<Record<AssignmentOperator, StateChange>>> = {
  '=': (_run, _old, next) => next,
  '//=': (_run, old, next) => (truthy(old) ? old : next),
  '+=': addInto,
  '-=': arithmetic['-'],
  '*=': arithmetic['*'],
  '/=': arithmetic['/'],
  '%=': arithmetic['%'],
};

/** A value that cannot hold any part of the state. */
function outside(compiler: Compiler, node: Node, scope: Scope): Filter['one'] {
  return independent(node) ? compiler.compile(node, scope).one : undefined;
}

function independent(node: Node): boolean {
  switch (node.kind) {
    case 'literal':
    case 'variable':
      return true;
    case 'pipe':
      // The right side works on the output of the left one, not on the state.
      return independent(node.left);
    case 'index':
      return independent(node.target) && independent(node.key);
    case 'iterate':
      return independent(node.target);
    case 'array':
      return node.body === undefined || independent(node.body);
    case 'object':
      return node.entries.every(({ key, value }) => independent(key) && independent(value));
    case 'text':
      return node.parts.every((part) => typeof part === 'string' || independent(part));
    case 'arithmetic':
    case 'comparison':
    case 'logic':
    case 'alternative':
      return independent(node.left) && independent(node.right);
    case 'if':
      return independent(node.condition) && independent(node.then) && independent(node.otherwise);
    default:
      return false;
  }
}

/** The keys of a target such as `.a[$key]`, outermost first. */
function keysOfTarget(
  compiler: Compiler,
  node: Node,
  scope: Scope,
): NonNullable<Filter['one']>[] | undefined {
  if (node.kind === 'identity') return [];
  if (node.kind !== 'index' || node.optional) return undefined;
  const outer = keysOfTarget(compiler, node.target, scope);
  const key = compiler.compile(node.key, scope).one;
  return outer && key && [...outer, key];
}

function isOwned(value: Json, owner: Owner): boolean {
  return value !== null && typeof value === 'object' && owner.mine.has(value);
}

function own<Value extends Json>(value: Value, owner: Owner): Value {
  if (value !== null && typeof value === 'object') owner.mine.add(value);
  return value;
}

function setInto(
  run: Run,
  state: Json,
  path: readonly Json[],
  from: number,
  change: (old: Json) => Json,
  owner: Owner,
): Json {
  const key = path[from];
  if (key === undefined) return change(state);
  charge(run, 1);
  const member = setInto(run, getAt(run, state, key), path, from + 1, change, owner);
  if (isOwned(state, owner)) {
    if (typeof key === 'string' && !isArray(state)) {
      setKey(run, state as Draft, key, member);
      return state;
    }
    if (
      typeof key === 'number' &&
      isArray(state) &&
      Number.isInteger(key) &&
      key >= 0 &&
      key <= state.length
    ) {
      (state as Json[])[key] = member;
      return state;
    }
  }
  return own(setAt(run, state, key, member), owner);
}

function addInto(run: Run, left: Json, right: Json, owner: Owner): Json {
  if (isOwned(left, owner) && right !== null && typeof right === 'object') {
    if (isArray(left) && isArray(right)) {
      charge(run, right.length);
      checkArray(left.length + right.length);
      for (const item of right) (left as Json[]).push(item);
      return left;
    }
    if (!isArray(left) && !isArray(right) && isObject(right)) {
      for (const key of definedKeys(right)) {
        charge(run, 1);
        setKey(run, left as Draft, key, getKey(right, key));
      }
      return left;
    }
  }
  const sum = add(run, left, right);
  return sum === left || sum === right ? sum : own(sum, owner);
}

import type { Json } from '../../../contracts/json.js';
import type { Node } from '../syntax/nodes.js';
import { Unsupported } from '../syntax/unsupported.js';
import { arithmetic } from './arithmetic.js';
import type { Compiler } from './compiler.js';
import { firstOf, single, stream, type Filter, type Run } from './run.js';
import type { Scope } from './scope.js';
import { compileUpdater, removed, type Updater } from './update.js';
import { truthy } from './values.js';

/** `=`, `|=`, `+=` and their kin. */
export function compileAssignment(
  compiler: Compiler,
  node: Extract<Node, { kind: 'assign' }>,
  scope: Scope,
): Filter {
  const target = compileUpdater(compiler, node.target, scope);
  if (target === undefined) throw new Unsupported('this left side of an assignment');
  const value = compiler.compile(node.value, scope);
  switch (node.operator) {
    case '|=':
      return modify(target, value);
    case '=':
      return assignEach(target, value, (_run, _old, next) => next);
    case '//=':
      if (value.one === undefined) throw new Unsupported('//= with several values');
      return assignEach(target, value, (_run, old, next) => (truthy(old) ? old : next));
    case '+=':
      return assignEach(target, value, arithmetic['+']);
    case '-=':
      return assignEach(target, value, arithmetic['-']);
    case '*=':
      return assignEach(target, value, arithmetic['*']);
    case '/=':
      return assignEach(target, value, arithmetic['/']);
    case '%=':
      return assignEach(target, value, arithmetic['%']);
  }
}

/** `target |= update`: the first output of the update counts; none at all removes the place. */
export function modify(target: Updater, update: Filter): Filter {
  return single((input, frame) =>
    target(input, frame, (old) => {
      const next = firstOf(update, old, frame);
      return next === undefined ? removed : next;
    }),
  );
}

/** The right side is evaluated on the whole input, and each of its outputs gives a document. */
function assignEach(
  target: Updater,
  value: Filter,
  operation: (run: Run, old: Json, next: Json) => Json,
): Filter {
  const { one } = value;
  if (one !== undefined) {
    return single((input, frame) => {
      const next = one(input, frame);
      return target(input, frame, (old) => operation(frame.run, old, next));
    });
  }
  return stream((input, frame, emit) =>
    value.each(input, frame, (next) => emit(target(input, frame, (old) => operation(frame.run, old, next)))),
  );
}

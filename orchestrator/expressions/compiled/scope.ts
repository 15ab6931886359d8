import type { Filter, Frame } from './run.js';

/** What a name in a program may stand for. */
type Binding =
  | { readonly kind: 'value'; readonly name: string; readonly depth: number }
  | { readonly kind: 'closure'; readonly name: string; readonly depth: number }
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly depth: number;
      readonly definition: Definition;
    }
  | { readonly kind: 'blocked'; readonly name: string };

export interface Definition {
  readonly parameters: readonly { readonly name: string; readonly byValue: boolean }[];
  /** Set once the body is compiled; recursive calls are compiled before that. */
  body: Filter | undefined;
}

/** The bindings in sight at one place of a program; `depth` is the number of frames pushed so far. */
export interface Scope {
  readonly depth: number;
  readonly bindings: readonly Binding[];
}

export const emptyScope: Scope = { depth: 0, bindings: [] };

export function withValue(scope: Scope, name: string): Scope {
  const depth = scope.depth + 1;
  return { depth, bindings: [{ kind: 'value', name, depth }, ...scope.bindings] };
}

export function withClosure(scope: Scope, name: string): Scope {
  const depth = scope.depth + 1;
  return { depth, bindings: [{ kind: 'closure', name, depth }, ...scope.bindings] };
}

/** jq lets a parameter `$f` be called as `f` too; such calls are left to the reference. */
export function withBlocked(scope: Scope, name: string): Scope {
  return { depth: scope.depth, bindings: [{ kind: 'blocked', name }, ...scope.bindings] };
}

export function withFunction(scope: Scope, name: string, definition: Definition): Scope {
  return {
    depth: scope.depth,
    bindings: [{ kind: 'function', name, depth: scope.depth, definition }, ...scope.bindings],
  };
}

export function findVariable(scope: Scope, name: string): number | undefined {
  const found = scope.bindings.find((binding) => binding.kind === 'value' && binding.name === name);
  return found?.kind === 'value' ? found.depth : undefined;
}

export function findCallable(
  scope: Scope,
  name: string,
  arity: number,
): Exclude<Binding, { kind: 'value' }> | undefined {
  for (const binding of scope.bindings) {
    if (binding.name !== name || binding.kind === 'value') continue;
    if (binding.kind === 'function' ? binding.definition.parameters.length === arity : arity === 0)
      return binding;
  }
  return undefined;
}

/** The frame that lies `levels` links above. */
export function climb(frame: Frame, levels: number): Frame {
  let current = frame;
  for (let level = 0; level < levels && current.up !== undefined; level += 1) current = current.up;
  return current;
}

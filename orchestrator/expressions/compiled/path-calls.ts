import type { Json } from '../../../contracts/json.js';
import { identity, type Node } from '../syntax/nodes.js';
import { Unsupported } from '../syntax/unsupported.js';
import { fromEntries, toEntries } from '../builtins/entries.js';
import { mapFilter } from '../builtins/arrays.js';
import { modify } from './assignment.js';
import { onInput, pipe } from './combine.js';
import type { Compiler } from './compiler.js';
import { compilePaths } from './path-filter.js';
import { single, stream, type Filter } from './run.js';
import type { Scope } from './scope.js';
import { compileUpdater, removed } from './update.js';

const everyElement: Node = { kind: 'iterate', target: identity, optional: false };

/** Their names, with the number of arguments. */
export const pathCalls = ['del/1', 'path/1', 'paths/0', 'map_values/1', 'with_entries/1'] as const;

/** Builtins that take their argument as a path expression or rebuild a document. Undefined for all other names. */
export function compilePathCall(
  compiler: Compiler,
  name: string,
  args: readonly Node[],
  scope: Scope,
): Filter | undefined {
  const [argument] = args;
  if (name === 'paths' && args.length === 0) return allPaths(compiler, scope);
  if (argument === undefined || args.length > 1) return undefined;
  switch (name) {
    case 'del': {
      const target = compileUpdater(compiler, argument, scope);
      if (target === undefined) throw new Unsupported('del of this expression');
      return single((input, frame) => target(input, frame, () => removed));
    }
    case 'path': {
      const paths = compilePaths(compiler, argument, scope);
      if (paths === undefined) throw new Unsupported('path of this expression');
      return stream((input, frame, emit) =>
        paths({ path: [], value: input }, frame, ({ path }: { readonly path: readonly Json[] }) =>
          emit(path),
        ),
      );
    }
    case 'map_values': {
      const target = compileUpdater(compiler, everyElement, scope);
      return target && modify(target, compiler.compile(argument, scope));
    }
    case 'with_entries':
      return pipe(
        onInput(toEntries),
        pipe(mapFilter(compiler.compile(argument, scope)), onInput(fromEntries)),
      );
    default:
      return undefined;
  }
}

/** `paths`: of everything below the input, itself left out. */
function allPaths(compiler: Compiler, scope: Scope): Filter | undefined {
  const below = compilePaths(compiler, { kind: 'call', name: 'recurse', args: [] }, scope);
  return (
    below &&
    stream((input, frame, emit) =>
      below({ path: [], value: input }, frame, ({ path }) => path.length > 0 && emit(path)),
    )
  );
}

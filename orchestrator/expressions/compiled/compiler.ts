import type { Node } from '../syntax/nodes.js';
import type { Filter } from './run.js';
import type { Scope } from './scope.js';

/** What the parts of the compiler know of the whole. */
export interface Compiler {
  compile(node: Node, scope: Scope): Filter;
  /** Names of variables that the program takes from outside. */
  readonly freeVariables: Set<string>;
}

import type { Json } from '../../../contracts/json.js';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type AssignmentOperator = '=' | '|=' | '//=' | `${ArithmeticOperator}=`;

export interface ObjectEntry {
  readonly key: Node;
  readonly value: Node;
}

/**
 * The syntax tree of the part of jq that the fast path knows. `optional` is a `?` right after an access: it forgives this access
 * alone, not what comes before it.
 */
export type Node =
  | { readonly kind: 'identity' }
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'text'; readonly parts: readonly (string | Node)[]; readonly format: string }
  | { readonly kind: 'format'; readonly name: string }
  | { readonly kind: 'index'; readonly target: Node; readonly key: Node; readonly optional: boolean }
  | {
      readonly kind: 'slice';
      readonly target: Node;
      readonly from: Node;
      readonly to: Node;
      readonly optional: boolean;
    }
  | { readonly kind: 'iterate'; readonly target: Node; readonly optional: boolean }
  | { readonly kind: 'attempt'; readonly body: Node; readonly handler: Node | undefined }
  | { readonly kind: 'array'; readonly body: Node | undefined }
  | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: 'pipe'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'comma'; readonly left: Node; readonly right: Node }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Node;
      readonly right: Node;
    }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Node;
      readonly right: Node;
    }
  | { readonly kind: 'logic'; readonly operator: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'alternative'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'negate'; readonly body: Node }
  | {
      readonly kind: 'assign';
      readonly operator: AssignmentOperator;
      readonly target: Node;
      readonly value: Node;
    }
  | { readonly kind: 'if'; readonly condition: Node; readonly then: Node; readonly otherwise: Node }
  | { readonly kind: 'bind'; readonly source: Node; readonly name: string; readonly body: Node }
  | {
      readonly kind: 'reduce';
      readonly source: Node;
      readonly name: string;
      readonly init: Node;
      readonly update: Node;
    }
  | {
      readonly kind: 'foreach';
      readonly source: Node;
      readonly name: string;
      readonly init: Node;
      readonly update: Node;
      readonly extract: Node;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | {
      readonly kind: 'define';
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly body: Node;
      readonly rest: Node;
    };

/** A parameter `$x` takes a value, a parameter `f` a filter. */
export interface Parameter {
  readonly name: string;
  readonly byValue: boolean;
}

export const identity: Node = { kind: 'identity' };
export const nullLiteral: Node = { kind: 'literal', value: null };

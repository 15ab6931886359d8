import type { BlockId } from '../../contracts/block.js';

/** What a binding is for: a block or one service of the mediator's directory, as a whole or one operation of it. */
export interface BindingTarget {
  readonly block: BlockId;
  /** `instance/class/member/application/service`. */
  readonly service?: string | undefined;
  readonly operationId?: string | undefined;
}

/** Such as `payments#prepaymentValidation`. */
export function targetName({ block, service, operationId }: BindingTarget): string {
  return `${service ?? block}${operationId === undefined ? '' : `#${operationId}`}`;
}

/** From the most to the least precise. A service outranks its block, since it is one member's and not all members'. */
export function targetsOf(
  service: { readonly id: string; readonly block: BlockId },
  operationId: string | undefined,
): readonly string[] {
  const names = [service.id, service.block];
  return names.flatMap((name) => (operationId === undefined ? [name] : [`${name}#${operationId}`, name]));
}

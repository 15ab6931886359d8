import type { Case } from '../../../contracts/case.js';
import type { CaseKind, UseCaseManifest } from '../../../contracts/use-case.js';

/**
 * `done`: gone through. `now`: where the case is. `begun`: something of it has happened, and the case has not come to it.
 * `skipped`: the case went by without it. `ahead`: may still come.
 */
export type StepStatus = 'done' | 'now' | 'begun' | 'skipped' | 'ahead';

export interface StepView {
  readonly id: string;
  readonly title: string;
  readonly number: number;
  readonly status: StepStatus;
}

/**
 * The use case's steps as this case has gone through them. `touched` are the steps that its events name: a service need
 * not go through its steps in their order, nor through all of them.
 */
export function stepsOf(
  steps: UseCaseManifest['steps'],
  of: Pick<Case, 'step' | 'closedAt'>,
  touched: ReadonlySet<string>,
): readonly StepView[] {
  const closed = of.closedAt !== undefined;
  const present = closed ? steps.length : steps.findIndex(({ id }) => id === of.step);
  const statusOf = (id: string, index: number): StepStatus => {
    if (index === present) return 'now';
    const happened = touched.has(id) || id === of.step;
    if (index < present && happened) return 'done';
    // Before any event is there, nothing can be said of what did not happen.
    if (index < present && touched.size > 0) return 'skipped';
    return happened ? 'begun' : 'ahead';
  };
  return steps.map(({ id, title }, index) => ({ id, title, number: index + 1, status: statusOf(id, index) }));
}

export interface StateView {
  readonly state: string;
  /** When the case came to it, on the workspace's clock. */
  readonly at: string;
  readonly present: boolean;
}

/** The states that the case has been in, in order, and those that may come next. */
export function statesOf(
  of: Pick<Case, 'state' | 'history' | 'openedAt'>,
  states: CaseKind['states'] | undefined,
): { readonly passed: readonly StateView[]; readonly next: readonly string[] } {
  const moves: { state: string; at: string }[] = of.history.map(({ state, at }) => ({ state, at }));
  const initial = states?.initial;
  if (initial !== undefined && moves[0]?.state !== initial)
    moves.unshift({ state: initial, at: of.openedAt });
  if (moves.at(-1)?.state !== of.state) moves.push({ state: of.state, at: of.openedAt });
  const passed = moves.map((move, index) => ({ ...move, present: index === moves.length - 1 }));
  const next = (states?.transitions ?? [])
    .filter(({ from, to }) => from.includes(of.state) && to !== of.state)
    .map(({ to }) => to);
  return { passed, next: [...new Set(next)] };
}

import type { Document } from '../../contracts/documents.js';
import type { JsonObject } from '../../contracts/json.js';
import type { Operation, OperationContext } from '../kit/block-definition.js';
import { nearIds } from '../kit/near-documents.js';
import type { ScopedCollection, StateScope } from '../kit/state.js';
import { kindNames, type KindName } from './kinds.js';

export interface Item extends Document {
  readonly details: JsonObject;
  /** Deleted things stay, so that deleting again succeeds and late alerts find out. */
  readonly deleted: boolean;
}

export type SchedulerState = Readonly<Record<KindName, ScopedCollection<Item>>>;
export type SchedulerContext = OperationContext<SchedulerState>;
export type SchedulerOperation = Operation<SchedulerState>;

const indexes: Partial<Record<KindName, readonly string[]>> = {
  appointment: ['details.event_id', 'details.participant_id'],
  subscriber: ['details.category'],
  resource: ['details.category'],
};

export function openSchedulerState(scope: StateScope): SchedulerState {
  const opened = kindNames.map((name) => [name, scope.collection<Item>(name, indexes[name] ?? [])] as const);
  return Object.fromEntries(opened) as unknown as SchedulerState;
}

/** An item that exists and was not deleted. */
export async function readItem(
  state: SchedulerState,
  kind: KindName,
  id: unknown,
): Promise<Item | undefined> {
  if (typeof id !== 'string' || id === '') return undefined;
  const found = await state[kind].get(id);
  return found?.doc.deleted === false ? found.doc : undefined;
}

/** What may have been meant by an id, where it is no person's. */
export async function nearItems(state: SchedulerState, kind: KindName, id: string): Promise<string> {
  return kind === 'subscriber' ? '' : nearIds(state[kind], id);
}

export async function readItems(
  state: SchedulerState,
  kind: KindName,
  filter: Readonly<Record<string, string>> = {},
): Promise<readonly Item[]> {
  const found = await state[kind].find({ filter });
  return found.filter(({ doc }) => !doc.deleted).map(({ doc }) => doc);
}

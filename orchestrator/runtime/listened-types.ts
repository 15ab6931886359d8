import { isJsonObject, type Json } from '../../contracts/json.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';

/** The event types that a workflow may listen for; `any` when a filter leaves the type open. */
export type ListenedTypes = ReadonlySet<string> | 'any';

const known = new WeakMap<WorkflowDocument, ListenedTypes>();

/**
 * Read off the document, not off a run: wide enough to hand a run all that it may wait for, and narrow enough to spare it
 * the rest. What the run takes is decided by its own filters.
 */
export function listenedTypes(document: WorkflowDocument): ListenedTypes {
  const before = known.get(document);
  if (before !== undefined) return before;
  const types = new Set<string>();
  const found = walk(document as unknown as Json, types) ? types : 'any';
  known.set(document, found);
  return found;
}

/** False as soon as a filter is met that any type passes. */
function walk(value: Json | undefined, types: Set<string>): boolean {
  if (Array.isArray(value)) return value.every((member: Json) => walk(member, types));
  if (!isJsonObject(value)) return true;
  return Object.entries(value).every(([name, member]) => {
    if (name !== 'listen' || !isJsonObject(member)) return walk(member, types);
    return strategy(member['to'], types) && walk(member['foreach'], types);
  });
}

function strategy(to: Json | undefined, types: Set<string>): boolean {
  if (!isJsonObject(to)) return true;
  const { one, any, all, until } = to;
  if (Array.isArray(any) && any.length === 0) return false;
  const filters = [one, ...listOf(any), ...listOf(all)].filter((filter) => filter !== undefined);
  return filters.every((filter) => filterType(filter, types)) && strategy(until, types);
}

function filterType(filter: Json, types: Set<string>): boolean {
  const attributes = isJsonObject(filter) ? filter['with'] : undefined;
  const type = isJsonObject(attributes) ? attributes['type'] : undefined;
  if (typeof type !== 'string' || type.includes('${')) return false;
  types.add(type);
  return true;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function listensFor(types: ListenedTypes, type: string): boolean {
  return types === 'any' || types.has(type);
}

import type { RunEvent } from '../../contracts/run-event.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { isMapping, tasksOf } from '../../orchestrator/definition/lint/walk.js';
import { pointer } from '../../orchestrator/definition/source/path.js';
import { pointerOf } from '../../orchestrator/engine/index.js';

/** The ids of the points that a run came to, read off its journal. */
export function reachedBy(
  events: readonly RunEvent[],
  documents: ReadonlyMap<string, WorkflowDocument>,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const created = events.find((event) => event.type === 'run.created');
  if (created === undefined) return reached;
  const root = `${created.workflow.namespace}/${created.workflow.name}`;
  /** The parts by the key of the task that performs them. */
  const parts = new Map<string, string>();
  const place = (key: string): { readonly document: string; readonly at: string } => {
    for (let end = key.lastIndexOf('/run/'); end > 0; end = key.lastIndexOf('/run/', end - 1)) {
      const part = parts.get(key.slice(0, end));
      if (part !== undefined) return { document: part, at: pointerOf(key.slice(end + '/run'.length)) };
    }
    return { document: root, at: pointerOf(key) };
  };
  for (const event of events) {
    if (event.type === 'signal.received') {
      const [key, timer] = (event.key ?? '').split('!');
      const { document, at } = place(key ?? '');
      if (timer === 'timeout') reached.add(`${document} ${at} timeout`);
      continue;
    }
    if (!('key' in event) || !event.type.startsWith('task.')) continue;
    if (event.type === 'task.started' && event.part !== undefined)
      parts.set(event.key, `${event.part.namespace}/${event.part.name}`);
    if (event.type === 'task.skipped' || event.type === 'task.cancelled') continue;
    const { document, at } = place(event.key);
    const id = `${document} ${at}`;
    reached.add(id);
    // What lies in a catch was reached because it caught; a retry is a catch as well.
    for (let end = at.lastIndexOf('/catch/'); end > 0; end = at.lastIndexOf('/catch/', end - 1))
      reached.add(`${document} ${at.slice(0, end)} catch`);
    if (event.type === 'task.retried') reached.add(`${id} catch`);
    if (event.type === 'task.completed')
      for (const branch of chosen(documents.get(document), at, event.then)) reached.add(`${id} ${branch}`);
  }
  return reached;
}

function chosen(
  document: WorkflowDocument | undefined,
  at: string,
  then: string | undefined,
): readonly string[] {
  const task = document === undefined ? undefined : tasksByPlace(document).get(at);
  const caught = task === undefined ? undefined : task['catch'];
  if (isMapping(caught)) return caught['then'] !== undefined && caught['then'] === then ? ['catch'] : [];
  if (!Array.isArray(task?.['switch'])) return [];
  const cases = (task['switch'] as readonly unknown[]).flatMap((entry) =>
    isMapping(entry) ? Object.entries(entry) : [],
  );
  const taken = cases
    .filter(([, one]) => isMapping(one) && one['then'] === then)
    .map(([name]) => `case ${name}`);
  return taken.length > 0 ? taken : ['falls through'];
}

const places = new WeakMap<WorkflowDocument, ReadonlyMap<string, Readonly<Record<string, unknown>>>>();

function tasksByPlace(document: WorkflowDocument): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const known =
    places.get(document) ?? new Map([...tasksOf(document)].map(({ path, task }) => [pointer(path), task]));
  places.set(document, known);
  return known;
}

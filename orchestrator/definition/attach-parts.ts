import { partKey, SHARED, type WorkflowDocument } from '../../contracts/workflow.js';
import { isMapping, tasksOf } from './lint/walk.js';
import type { SharedPart, SharedParts } from './shared-parts.js';
import { suggestion } from './source/suggest.js';

/** A call of a shared part as it stands in a document. */
export interface PartCall {
  readonly task: string;
  readonly name: string;
  readonly version: string;
  readonly awaited: boolean;
}

/** Every `run` of the namespace `shared`. */
export function partCallsOf(document: unknown): readonly PartCall[] {
  return [...tasksOf(document)].flatMap(({ name: task, task: { run } }) => {
    const workflow = isMapping(run) ? run['workflow'] : undefined;
    if (!isMapping(run) || !isMapping(workflow) || workflow['namespace'] !== SHARED) return [];
    const { name, version } = workflow;
    return [{ task, name: String(name), version: String(version), awaited: run['await'] !== false }];
  });
}

/**
 * Puts the parts that a document performs, and those that these perform, into it: whoever has the document has all that a
 * run of it needs, and its content says which parts it was. `problem` gets what keeps a call from being performed.
 */
export function attachParts(
  document: WorkflowDocument,
  uses: readonly string[],
  shared: SharedParts,
  problem: (what: string) => void,
): WorkflowDocument {
  const parts: Record<string, WorkflowDocument> = {};
  const attach = (of: WorkflowDocument, path: readonly string[]): void => {
    for (const call of partCallsOf(of)) {
      const part = partFor(call, path, uses, shared, (what) =>
        problem(`${of.document.namespace}/${of.document.name}, task ${call.task}: ${what}`),
      );
      if (part === undefined || parts[partKey(call)] !== undefined) continue;
      parts[partKey(call)] = part.document;
      attach(part.document, [...path, call.name]);
    }
  };
  attach(document, []);
  return Object.keys(parts).length === 0 ? document : { ...document, parts };
}

function partFor(
  { name, version, awaited }: PartCall,
  path: readonly string[],
  uses: readonly string[],
  shared: SharedParts,
  problem: (what: string) => void,
): SharedPart | undefined {
  // What a part performs itself needs no naming: it belongs to the part.
  if (path.length === 0 && !uses.includes(name)) {
    problem(`use-case.yaml does not name the part "${name}" under uses`);
    return undefined;
  }
  const part = shared.part(name);
  if (part === undefined) {
    problem(`there is no shared part "${name}"${suggestion(name, shared.names)}`);
    return undefined;
  }
  const known = part.document.document.version;
  if (version !== known) problem(`the shared part "${name}" has version ${known}, not ${version}`);
  else if (path.includes(name)) problem(`the shared part "${name}" would perform itself`);
  else if (!awaited) problem('a shared part is performed within the run: await: false has no meaning');
  else return part;
  return undefined;
}

import type { WorkflowDocument } from '../../../contracts/workflow.js';

/**
 * Whether a document has a task at the pointer of a task instance. Such a pointer says `for` where iterations run,
 * which in the document is the loop's own `do`.
 */
export function hasTaskAt(document: WorkflowDocument, pointer: string): boolean {
  let at: unknown = document;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null) return false;
    // A task of `use.functions` stands elsewhere: whoever calls it is looked at.
    if (name === 'function' && !(name in at)) return true;
    if (name === 'for' && 'for' in at && 'do' in at) continue;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return typeof at === 'object' && at !== null;
}

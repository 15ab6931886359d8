import type { DiagnosticCode } from '../../../contracts/diagnostic.js';
import type { UseCaseManifest } from '../../../contracts/use-case.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import type { Path } from '../source/path.js';
import type { Values } from '../source/report.js';
import { listed, suggestion } from '../source/suggest.js';

/** Where the parts of a use case contradict each other. Without a file it concerns the manifest. */
export interface Disagreement {
  readonly code: DiagnosticCode;
  /** The name of the workflow document that it concerns. */
  readonly workflow?: string;
  readonly path: Path;
  readonly values: Values;
  /** In one line, with its place. */
  readonly what: string;
}

interface Parts {
  readonly workflows: readonly Pick<WorkflowDocument, 'document' | 'schedule'>[];
  readonly forms: readonly string[];
}

/** What keeps a use case from being loaded: names that do not exist, states that nothing leads to. */
export function checkAgreement(id: string, manifest: UseCaseManifest, parts: Parts): readonly Disagreement[] {
  const names = parts.workflows.map(({ document }) => document.name);
  const found: Disagreement[] = [];
  const unknown = (kind: string, name: string, known: readonly string[], path: Path): void => {
    if (known.includes(name)) return;
    const values = { kind, name, known: listed(known), suggestion: suggestion(name, known) };
    found.push({
      code: 'unknown-part',
      path,
      values,
      what: `${path.join('.')}: there is no ${kind} "${name}"`,
    });
  };
  if (manifest.id !== id) {
    const what = `use-case.yaml: id is "${manifest.id}", the folder is "${id}"`;
    found.push({ code: 'wrong-id', path: ['id'], values: { what, name: id }, what });
  }
  for (const { document } of parts.workflows) {
    if (document.namespace === id) continue;
    const what = `workflow "${document.name}": its namespace must be "${id}"`;
    found.push({
      code: 'wrong-id',
      workflow: document.name,
      path: ['document', 'namespace'],
      values: { what, name: id },
      what,
    });
  }
  for (const [kind, { workflow, form, states }] of Object.entries(manifest.cases)) {
    unknown('workflow', workflow, names, ['cases', kind, 'workflow']);
    if (form !== undefined) unknown('form', form, parts.forms, ['cases', kind, 'form']);
    const known = [...new Set([states.initial, ...states.transitions.map(({ to }) => to)])];
    const never = (state: string, path: Path): void => {
      if (known.includes(state)) return;
      const values = { name: state, suggestion: suggestion(state, known) };
      const what = `cases.${kind}.states: nothing leads to "${state}"`;
      found.push({ code: 'state-never-entered', path: ['cases', kind, 'states', ...path], values, what });
    };
    for (const [index, state] of states.final.entries()) never(state, ['final', index]);
    for (const [index, { from }] of states.transitions.entries())
      for (const [at, state] of from.entries()) never(state, ['transitions', index, 'from', at]);
  }
  const opened = Object.values(manifest.cases).map(({ workflow }) => workflow);
  for (const { document, schedule } of parts.workflows)
    if (schedule !== undefined)
      unknown('kind of case that opens with the scheduled workflow', document.name, opened, ['cases']);
  for (const [index, draft] of (manifest.drafts ?? []).entries())
    unknown('language', draft, manifest.locales, ['drafts', index]);
  for (const [index, step] of manifest.steps.entries())
    for (const [at, workflow] of step.workflows.entries())
      unknown('workflow', workflow, names, ['steps', index, 'workflows', at]);
  return found;
}

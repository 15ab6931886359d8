import type { WorkflowDocument } from '../../contracts/workflow.js';
import { lintDocument } from './lint/lint-document.js';
import type { LintPorts } from './lint/ports.js';
import { findRefused } from './refused-tasks.js';
import { resolveResources, type FolderFiles } from './resolve-resources.js';
import { documentSchema } from './schema/document.js';
import { explainIssues } from './schema/explain.js';
import type { Path } from './source/path.js';
import { readSource } from './source/read-source.js';
import type { Report } from './source/report.js';

export interface CheckedDocument {
  /** Absent when there are errors. */
  readonly document: WorkflowDocument | undefined;
  /** The document as it was written, as far as it could be read. */
  readonly value: unknown;
  readonly report: Report;
}

export interface CheckOptions {
  /** The other files of the folder, for schemas and functions in files of their own. */
  readonly files?: FolderFiles | undefined;
  /** With these, everything beyond the shape is looked at as well. */
  readonly lint?: LintPorts | undefined;
}

/** Everything about one document: whether it can be read, its shape, what is refused, its files, and (asked for) lint. */
export function checkDocument(text: string, file: string, options: CheckOptions = {}): CheckedDocument {
  const { value, report } = readSource(text, file);
  if (report.failed()) return { document: undefined, value, report };
  const refused = findRefused(value);
  for (const { path, kind, reason, instead } of refused)
    report.add('refused-task', path, { kind, reason, instead });
  const parsed = documentSchema.safeParse(value);
  // What is refused need not be written rightly, too.
  const issues = (parsed.error?.issues ?? []).filter(
    ({ path }) => !refused.some(({ task }) => isWithin(path, task)),
  );
  explainIssues(issues, value, report);
  const resolved = resolveResources(value, options.files ?? new Map(), report);
  if (options.lint !== undefined) lintDocument(value, report, options.lint);
  return {
    // The schema has just made sure of it; what it does not check is data.
    document: report.failed() ? undefined : (resolved as WorkflowDocument),
    value,
    report,
  };
}

function isWithin(path: readonly PropertyKey[], task: Path): boolean {
  return task.every((step, index) => path[index] === step);
}

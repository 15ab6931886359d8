import type { Report } from '../source/report.js';
import { lintDetails } from './details.js';
import { lintExpressions } from './expressions.js';
import { lintFlow } from './flow.js';
import { lintNames } from './names.js';
import type { LintPorts } from './ports.js';

/** Everything about a document that its shape does not show. Works on documents of any shape. */
export function lintDocument(document: unknown, report: Report, ports: LintPorts): void {
  lintFlow(document, report);
  const programs = lintExpressions(document, report, ports);
  lintNames(document, programs, report, ports);
  lintDetails(document, report, ports);
}

import { diagnosticCatalog } from '../../contracts/diagnostic-catalog.js';
import type { DiagnosticDefinition, DiagnosticGroup } from '../../contracts/diagnostic-definition.js';
import { refusals } from '../../orchestrator/definition/refused-tasks.js';
import { differences } from '../../orchestrator/definition/schema/parity.js';
import { code, page, table } from './markdown.js';

const groups: Readonly<Record<DiagnosticGroup, string>> = {
  reading: 'Reading the file',
  shape: 'The shape of a document',
  refused: 'What is not run here',
  names: 'Names and their declarations',
  flow: 'Where the flow goes',
  expressions: 'Expressions',
  resources: 'Schemas and functions in files',
  'use-case': 'A use case as a whole',
};

/** Everything that validation can say, what the sandbox refuses, and where it differs from the published schema. */
export function diagnosticsPage(): string {
  const all: readonly (readonly [string, DiagnosticDefinition])[] = Object.entries(diagnosticCatalog);
  return page('Diagnostics', '`contracts/diagnostic-catalog.ts`', [
    'What `sandbox validate`, `POST /api/v1/validate` and the start of the sandbox say about workflow documents and use cases. A code never changes its meaning. Each diagnostic has a file, a line, a column and the JSON pointer of its place; the names in braces are filled in. Errors keep a document from being run, warnings do not.',
    ...Object.entries(groups).flatMap(([group, heading]) => [
      `## ${heading}`,
      table(
        ['Code', 'Severity', 'What', 'Why', 'Fix'],
        all
          .filter(([, definition]) => definition.group === group)
          .map(([name, { severity, what, why, fix }]) => [
            code(name),
            severity,
            plain(what),
            plain(why),
            plain(fix.replace('{suggestion}', '')),
          ]),
      ),
    ]),
    '## Tasks that are refused',
    table(
      ['Task', 'Why', 'Instead'],
      Object.entries(refusals).flatMap(([key, kinds]) =>
        Object.entries(kinds).map(([kind, { reason, instead }]) => [
          code(`${key}: ${kind}`),
          reason,
          plain(instead),
        ]),
      ),
    ),
    '## Where it differs from the published schema',
    'On purpose, from the JSON Schema of the Open Workflow Specification DSL 1.0.3. A test holds some hundred documents against both.',
    table(
      ['Place', 'Here', 'Why'],
      differences.map(({ kind, where, reason }) => [
        where,
        kind === 'stricter' ? 'refused' : 'taken, with a warning',
        reason,
      ]),
    ),
  ]);
}

/** Placeholders and angle brackets would be read as markup. */
const plain = (text: string): string => text.replaceAll('<', '\\<').replaceAll('*', '\\*');

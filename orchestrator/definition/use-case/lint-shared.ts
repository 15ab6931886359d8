import type { Diagnostic } from '../../../contracts/diagnostic.js';
import { isJsonObject } from '../../../contracts/json.js';
import { SHARED } from '../../../contracts/workflow.js';
import { checkDocument } from '../check-document.js';
import { isMapping, tasksOf } from '../lint/walk.js';
import type { FolderFiles } from '../resolve-resources.js';
import { DOCUMENT, type SharedParts } from '../shared-parts.js';
import { valueAt } from '../source/path.js';
import { readSource } from '../source/read-source.js';
import { inOrder, type Report } from '../source/report.js';
import { kindOfValue } from '../schema/shape.js';
import { inFolder, stem } from './folder.js';
import { known } from './functions.js';
import { humanTasksOf } from './human-tasks.js';
import type { UseCasePorts } from './ports.js';

/**
 * Every part by itself: its document, its contract, its forms and texts, and the parts that it performs. What only a use
 * case can tell (its services, its states, who plays a role) is looked at where the part is used.
 */
export function lintShared(shared: SharedParts, ports: UseCasePorts): readonly Diagnostic[] {
  const reports = shared.names.flatMap((name) =>
    lintPart(name, shared.filesOf(name) ?? new Map(), shared, ports),
  );
  return inOrder(reports.flatMap((report) => report.diagnostics()));
}

function lintPart(
  name: string,
  files: FolderFiles,
  shared: SharedParts,
  ports: UseCasePorts,
): readonly Report[] {
  const folder = `${SHARED}/${name}`;
  const text = files.get(DOCUMENT);
  if (text === undefined) {
    const { report } = readSource('', `${folder}/${DOCUMENT}`);
    report.add('missing-file', [], { name: DOCUMENT });
    return [report];
  }
  const { value, report } = checkDocument(text, `${folder}/${DOCUMENT}`, { files, lint: ports });
  if (!isMapping(value)) return [report];
  lintHead(name, value, report);
  lintPartCalls(value, shared, report);
  const forms = inFolder(files, 'forms');
  const part = { name, path: DOCUMENT, value, report };
  for (const { args, path } of humanTasksOf({ workflows: [part], parts: [] }))
    known(
      'form',
      args['form'],
      forms.map(([file]) => stem(file)),
      [...path, 'form'],
      report,
    );
  const others = [...forms, ...inFolder(files, 'locales')].map(([path, content]) => {
    const read = readSource(content, `${folder}/${path}`);
    if (read.report.failed()) return read.report;
    if (!isJsonObject(read.value))
      read.report.add('wrong-type', [], { expected: 'a mapping', found: kindOfValue(read.value) });
    else if (path.startsWith('forms/')) {
      const reason = ports.checkJsonSchema(read.value);
      if (reason !== undefined) read.report.add('bad-json-schema', [], { reason });
    }
    return read.report;
  });
  return [report, ...others];
}

/** A name that finds it, a contract, and nothing that only a workflow of a use case may have. */
function lintHead(name: string, value: Readonly<Record<string, unknown>>, report: Report): void {
  for (const [member, wanted] of [
    ['namespace', SHARED],
    ['name', name],
  ] as const) {
    const found = valueAt(value, ['document', member]);
    if (found !== wanted)
      report.add('wrong-id', ['document', member], {
        what: `The ${member} of this part is "${String(found)}"`,
        name: wanted,
      });
  }
  for (const half of ['input', 'output'])
    if (valueAt(value, [half, 'schema']) === undefined)
      report.add('missing-property', isMapping(value[half]) ? [half] : [], {
        name: isMapping(value[half]) ? 'schema' : half,
      });
}

function lintPartCalls(value: unknown, shared: SharedParts, report: Report): void {
  for (const { task, path } of tasksOf(value)) {
    const place = [...path, 'run', 'workflow'];
    const call = valueAt(task, ['run', 'workflow']);
    if (!isMapping(call)) continue;
    known('namespace', call['namespace'], [SHARED], [...place, 'namespace'], report);
    known('shared part', call['name'], shared.names, [...place, 'name'], report);
  }
}

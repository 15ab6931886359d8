import type { UseCaseManifest } from '../../../contracts/use-case.js';
import { isMapping, tasksOf } from '../lint/walk.js';
import { valueAt } from '../source/path.js';
import { listed, suggestion } from '../source/suggest.js';
import { partCallsOf } from '../attach-parts.js';
import { humanTasksOf } from './human-tasks.js';
import type { Part, ReadFolder } from './read-folder.js';

/** Workflows and forms that nothing leads to, names that stand twice, a default scenario that is not there. */
export function lintParts(folder: ReadFolder, { value: manifest, report }: Part<UseCaseManifest>): void {
  const cases = Object.values(manifest.cases);
  const started = new Set(cases.map(({ workflow }) => workflow));
  const filled = new Set(cases.flatMap(({ form }) => form ?? []));
  for (const { args } of humanTasksOf(folder)) if (typeof args['form'] === 'string') filled.add(args['form']);
  for (const { value } of folder.workflows) {
    if (isMapping(value) && isMapping(value['schedule'])) started.add(nameOf(value) ?? '');
    for (const { task } of tasksOf(value)) {
      const name = valueAt(task, ['run', 'workflow', 'name']);
      if (typeof name === 'string') started.add(name);
    }
  }
  const seen = new Map<string, string>();
  for (const { name, value, report: of } of folder.workflows) {
    const version = String(valueAt(value, ['document', 'version']));
    if (seen.has(`${name} ${version}`))
      of.add('wrong-id', ['document', 'name'], {
        what: `The workflow "${name}" stands in version ${version} in another file, too`,
        name: 'another name or version',
      });
    seen.set(`${name} ${version}`, name);
    if (!started.has(name)) of.add('unused-part', ['document', 'name'], { kind: 'workflow', name });
  }
  for (const { name, report: of } of folder.forms)
    if (!filled.has(name) && !usesExpressions(folder)) of.add('unused-part', [], { kind: 'form', name });
  const performed = new Set(
    folder.workflows.flatMap((one) => partCallsOf(one.value).map(({ name }) => name)),
  );
  for (const [index, name] of (manifest.uses ?? []).entries())
    if (!performed.has(name)) report.add('unused-part', ['uses', index], { kind: 'shared part', name });
  const scenarios = folder.scenarioNames;
  if (!scenarios.includes(manifest.defaultScenario))
    report.add('unknown-part', ['defaultScenario'], {
      kind: 'scenario',
      name: manifest.defaultScenario,
      known: listed(scenarios),
      suggestion: suggestion(manifest.defaultScenario, scenarios),
    });
}

/** Where some task finds its form by an expression, any form may be the one. */
function usesExpressions(folder: ReadFolder): boolean {
  return humanTasksOf(folder).some(
    ({ args }) => typeof args['form'] === 'string' && args['form'].trim().startsWith('${'),
  );
}

function nameOf(document: unknown): string | undefined {
  const name = valueAt(document, ['document', 'name']);
  return typeof name === 'string' ? name : undefined;
}

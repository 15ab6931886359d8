import type { UseCaseManifest } from '../../../contracts/use-case.js';
import { isMapping, tasksOf, type TaskSite } from '../lint/walk.js';
import { catalogCall } from '../resolve-resources.js';
import type { Path } from '../source/path.js';
import type { Report } from '../source/report.js';
import { listed, suggestion } from '../source/suggest.js';
import { SHARED } from '../../../contracts/workflow.js';
import type { SharedParts } from '../shared-parts.js';
import { valueAt } from '../source/path.js';
import { documentsOf, type Part, type ReadFolder } from './read-folder.js';

/** `moveCase` to states that exist, `openCase` of kinds that exist, `run` of workflows that exist, steps that exist. */
export function lintFunctions(
  folder: ReadFolder,
  { value: manifest }: Part<UseCaseManifest>,
  shared: SharedParts,
): void {
  for (const { name, value, report } of documentsOf(folder)) {
    const states = statesOf(manifest, name);
    for (const site of tasksOf(value)) {
      const args = isMapping(site.task['with']) ? site.task['with'] : {};
      const called = typeof site.task['call'] === 'string' ? catalogCall(site.task['call'])?.name : undefined;
      const here = [...site.path, 'with'];
      // Another case, told by `case`, may be of any kind.
      if (called === 'moveCase')
        known(
          'state',
          args['state'],
          'case' in args ? allStates(manifest) : states,
          [...here, 'state'],
          report,
        );
      if (called === 'openCase')
        known('kind of case', args['kind'], Object.keys(manifest.cases), [...here, 'kind'], report);
      lintRun(site, folder, manifest, shared, report);
      lintStep(site, manifest, report);
    }
  }
}

/** An expression is only known when it is evaluated. */
export function known(
  kind: string,
  name: unknown,
  among: readonly string[],
  path: Path,
  report: Report,
): void {
  if (typeof name !== 'string' || name.trim().startsWith('${') || among.includes(name)) return;
  report.add('unknown-part', path, { kind, name, known: listed(among), suggestion: suggestion(name, among) });
}

function statesIn({ states }: UseCaseManifest['cases'][string]): readonly string[] {
  return [...new Set([states.initial, ...states.transitions.map(({ to }) => to)])];
}

export function allStates(manifest: UseCaseManifest): readonly string[] {
  return [...new Set(Object.values(manifest.cases).flatMap(statesIn))];
}

export function statesOfKind(manifest: UseCaseManifest, kind: string): readonly string[] | undefined {
  const found = Object.hasOwn(manifest.cases, kind) ? manifest.cases[kind] : undefined;
  return found && statesIn(found);
}

/** Those of the kinds of cases that the workflow opens; a workflow that others run may be in any case. */
function statesOf(manifest: UseCaseManifest, workflow: string): readonly string[] {
  const own = Object.values(manifest.cases).filter((kind) => kind.workflow === workflow);
  return own.length === 0 ? allStates(manifest) : [...new Set(own.flatMap(statesIn))];
}

function lintRun(
  { task, path }: TaskSite,
  folder: ReadFolder,
  manifest: UseCaseManifest,
  shared: SharedParts,
  report: Report,
): void {
  const run = isMapping(task['run']) ? task['run']['workflow'] : undefined;
  if (!isMapping(run)) return;
  const place = [...path, 'run', 'workflow'];
  const { namespace, name, version } = run;
  if (namespace === SHARED) {
    lintPartCall(run, place, folder, manifest, shared, report);
    return;
  }
  known('namespace', namespace, [folder.id, SHARED], [...place, 'namespace'], report);
  if (namespace !== folder.id) return;
  const named = folder.workflows.filter((one) => one.name === name);
  known(
    'workflow',
    name,
    folder.workflows.map((one) => one.name),
    [...place, 'name'],
    report,
  );
  if (named.length === 0 || version === 'latest') return;
  const versions = named.flatMap(({ value }) => {
    const head = isMapping(value) ? value['document'] : undefined;
    return isMapping(head) && typeof head['version'] === 'string' ? [head['version']] : [];
  });
  known(`version of ${String(name)}`, version, [...versions, 'latest'], [...place, 'version'], report);
}

/** A part that is there, in its version, and that the manifest names: what parts perform themselves needs no naming. */
function lintPartCall(
  { name, version }: Readonly<Record<string, unknown>>,
  place: Path,
  folder: ReadFolder,
  { uses = [] }: UseCaseManifest,
  shared: SharedParts,
  report: Report,
): void {
  known('shared part', name, shared.names, [...place, 'name'], report);
  const part = folder.parts.find((one) => one.name === name);
  if (part === undefined) return;
  const has = valueAt(part.value, ['document', 'version']);
  if (typeof has === 'string')
    known(`version of ${part.name}`, version, [has], [...place, 'version'], report);
  if (folder.workflows.some((one) => one.report === report))
    known('part under uses', name, uses, [...place, 'name'], report);
}

function lintStep({ task, path }: TaskSite, manifest: UseCaseManifest, report: Report): void {
  const metadata = isMapping(task['metadata']) ? task['metadata']['sandbox'] : undefined;
  if (!isMapping(metadata)) return;
  const steps = manifest.steps.map(({ id }) => id);
  known('step', metadata['step'], steps, [...path, 'metadata', 'sandbox', 'step'], report);
}

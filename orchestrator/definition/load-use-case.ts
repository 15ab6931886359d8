import type { z } from 'zod';
import { personasFileSchema, type Persona } from '../../contracts/identity.js';
import type { JsonObject } from '../../contracts/json.js';
import { isJsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { useCaseSchema, type UseCaseManifest } from '../../contracts/use-case.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { loadWorkflow } from './load-workflow.js';
import { parseYaml } from './positions.js';

/** The files of a use case by their path inside its folder; handed in, since this room reads no disk. */
export type UseCaseFiles = ReadonlyMap<string, string>;

export interface UseCase {
  readonly manifest: UseCaseManifest;
  readonly workflows: readonly WorkflowDocument[];
  /** JSON Schemas by form name. */
  readonly forms: Readonly<Record<string, JsonObject>>;
  readonly personas: readonly Persona[];
  /** Scenario files by name, parsed by the room that plays them. */
  readonly scenarios: Readonly<Record<string, unknown>>;
  /** How a whole census is played (`cohort.yaml`), parsed by the room that plays it. */
  readonly cohort: unknown;
  readonly locales: Readonly<Record<string, JsonObject>>;
  /** Seeds by block and collection; parsed when they are asked for, since only an empty workspace needs them. */
  readonly seeds: () => readonly JsonObject[];
  readonly readme: string;
}

/** Reads a use case from its files and checks that the parts agree. GSB-DEF-001, -002, -003. */
export function loadUseCase(id: string, files: UseCaseFiles): UseCase {
  const manifest = parseWith(useCaseSchema, required(files, id, 'use-case.yaml'), `${id}/use-case.yaml`);
  const workflows = inFolder(files, 'workflows').map(([path, text]) => loadWorkflow(text, `${id}/${path}`));
  const useCase: UseCase = {
    manifest,
    workflows,
    forms: Object.fromEntries(
      inFolder(files, 'forms').map(([path, text]) => [stem(path), objectIn(text, `${id}/${path}`)]),
    ),
    personas: parseWith(personasFileSchema, required(files, id, 'personas.yaml'), `${id}/personas.yaml`)
      .personas,
    scenarios: Object.fromEntries(
      inFolder(files, 'scenarios').map(([path, text]) => [
        stem(path),
        parseYaml(text, `${id}/${path}`).value,
      ]),
    ),
    cohort: files.has('cohort.yaml')
      ? parseYaml(required(files, id, 'cohort.yaml'), `${id}/cohort.yaml`).value
      : undefined,
    locales: Object.fromEntries(
      inFolder(files, 'locales').map(([path, text]) => [stem(path), objectIn(text, `${id}/${path}`)]),
    ),
    seeds: () => inFolder(files, 'seeds').map(([path, text]) => objectIn(text, `${id}/${path}`)),
    readme: files.get('README.md') ?? '',
  };
  checkAgreement(id, useCase);
  return useCase;
}

function checkAgreement(id: string, { manifest, workflows, forms }: UseCase): void {
  const problems: string[] = [];
  const names = new Set(workflows.map(({ document }) => document.name));
  if (manifest.id !== id) problems.push(`use-case.yaml: id is "${manifest.id}", the folder is "${id}"`);
  for (const { document } of workflows) {
    if (document.namespace !== id)
      problems.push(`workflow "${document.name}": its namespace must be "${id}"`);
  }
  const opened = new Set(Object.values(manifest.cases).map(({ workflow }) => workflow));
  for (const { document, schedule } of workflows)
    if (schedule !== undefined && !opened.has(document.name))
      problems.push(
        `workflow "${document.name}": it has a schedule, but no kind of case under cases opens with it`,
      );
  for (const [kind, { workflow, form, states }] of Object.entries(manifest.cases)) {
    if (!names.has(workflow)) problems.push(`cases.${kind}.workflow: there is no workflow "${workflow}"`);
    if (form !== undefined && forms[form] === undefined)
      problems.push(`cases.${kind}.form: there is no form "${form}"`);
    const known = new Set([states.initial, ...states.transitions.map(({ to }) => to)]);
    for (const state of [...states.final, ...states.transitions.flatMap(({ from }) => from)]) {
      if (!known.has(state)) problems.push(`cases.${kind}.states: nothing leads to "${state}"`);
    }
  }
  for (const step of manifest.steps) {
    for (const workflow of step.workflows) {
      if (!names.has(workflow)) problems.push(`steps.${step.id}: there is no workflow "${workflow}"`);
    }
  }
  if (problems.length > 0) throw new SandboxError('GSB-DEF-003', { detail: `${id}: ${problems.join('; ')}` });
}

function parseWith<S extends z.ZodType>(schema: S, text: string, file: string): z.output<S> {
  const { value, at } = parseYaml(text, file);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${at(path)}: ${path.map(String).join('.')}: ${message}`,
  );
  throw new SandboxError('GSB-DEF-003', { detail: problems.join('\n') });
}

function objectIn(text: string, file: string): JsonObject {
  const { value } = parseYaml(text, file);
  if (!isJsonObject(value)) throw new SandboxError('GSB-DEF-003', { detail: `${file}: must be a mapping` });
  return value;
}

function required(files: UseCaseFiles, id: string, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new SandboxError('GSB-DEF-003', { detail: `${id}/${path} is missing` });
  return text;
}

function inFolder(files: UseCaseFiles, folder: string): [string, string][] {
  return [...files]
    .filter(([path]) => path.startsWith(`${folder}/`) && /\.ya?ml$/.test(path))
    .sort(([one], [other]) => one.localeCompare(other));
}

function stem(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.ya?ml$/, '');
}

import type { z } from 'zod';
import { personasFileSchema, type Persona } from '../../contracts/identity.js';
import type { JsonObject } from '../../contracts/json.js';
import { isJsonObject } from '../../contracts/json.js';
import { presentationSchema, type PresentationPlan } from '../../contracts/presentation.js';
import { SandboxError } from '../../contracts/problems.js';
import { useCaseSchema, type UseCaseManifest } from '../../contracts/use-case.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { attachParts } from './attach-parts.js';
import { noParts, type SharedParts } from './shared-parts.js';
import { loadWorkflow } from './load-workflow.js';
import type { FolderFiles } from './resolve-resources.js';
import { said } from './said.js';
import { explainIssues } from './schema/explain.js';
import { seedLimits, type Limits } from './source/limits.js';
import { readSource } from './source/read-source.js';
import { joined, joinedTexts, partsOf } from './use-case/joined.js';
import { checkAgreement } from './use-case/agreement.js';
import { inFolder, stem } from './use-case/folder.js';

/** The files of a use case by their path inside its folder; handed in, since this room reads no disk. */
export type UseCaseFiles = FolderFiles;

export interface UseCase {
  readonly manifest: UseCaseManifest;
  /** Its own, with the shared parts that they perform. */
  readonly workflows: readonly WorkflowDocument[];
  /** JSON Schemas by form name, those of the parts included. */
  readonly forms: Readonly<Record<string, JsonObject>>;
  readonly personas: readonly Persona[];
  /** Scenario files by name, parsed by the room that plays them. */
  readonly scenarios: Readonly<Record<string, unknown>>;
  /** How a whole census is played (`cohort.yaml`), parsed by the room that plays it. */
  readonly cohort: unknown;
  readonly locales: Readonly<Record<string, JsonObject>>;
  /** How it is shown to an audience (`presentation.yaml`); absent when nobody wrote that. */
  readonly presentation?: PresentationPlan;
  /** Seeds by block and collection; parsed when they are asked for, since only an empty workspace needs them. */
  readonly seeds: () => readonly JsonObject[];
  readonly readme: string;
}

/** Reads a use case from its files, with the shared parts that it uses, and checks that all agree. GSB-DEF-001, -002, -003. */
export function loadUseCase(id: string, files: UseCaseFiles, shared: SharedParts = noParts): UseCase {
  const read = createReader(id, files);
  const manifest = read.as(useCaseSchema, 'use-case.yaml');
  const problems: string[] = [];
  const workflows = inFolder(files, 'workflows').map(([path, text]) =>
    attachParts(loadWorkflow(text, `${id}/${path}`, files), manifest.uses ?? [], shared, (what) =>
      problems.push(what),
    ),
  );
  const parts = partsOf(workflows, shared);
  const useCase: UseCase = {
    manifest,
    workflows,
    forms: joined(
      read.all('forms', (path) => read.mapping(path)),
      parts.map(({ forms }) => forms),
    ),
    personas: read.as(personasFileSchema, 'personas.yaml').personas,
    scenarios: read.all('scenarios', (path) => read.value(path)),
    cohort: files.has('cohort.yaml') ? read.value('cohort.yaml') : undefined,
    locales: joinedTexts(
      read.all('locales', (path) => read.mapping(path)),
      parts,
    ),
    ...(files.has('presentation.yaml')
      ? { presentation: read.as(presentationSchema, 'presentation.yaml') }
      : {}),
    seeds: () => inFolder(files, 'seeds').map(([path]) => read.mapping(path, seedLimits)),
    readme: files.get('README.md') ?? '',
  };
  for (const name of manifest.uses ?? [])
    if (shared.part(name) === undefined) problems.push(`uses: there is no shared part "${name}"`);
  const disagreements = checkAgreement(id, manifest, { workflows, forms: Object.keys(useCase.forms) });
  problems.push(...disagreements.map(({ what }) => what));
  if (problems.length > 0) throw new SandboxError('GSB-DEF-003', { detail: `${id}: ${problems.join('; ')}` });
  return useCase;
}

interface Reader {
  value(path: string, limits?: Limits): unknown;
  mapping(path: string, limits?: Limits): JsonObject;
  as<S extends z.ZodType>(schema: S, path: string): z.output<S>;
  all<T>(folder: string, read: (path: string) => T): Readonly<Record<string, T>>;
}

/** Files of the folder by their path; what cannot be read, or is not as it must be, is GSB-DEF-003. */
function createReader(id: string, files: UseCaseFiles): Reader {
  const source = (path: string, limits?: Limits): ReturnType<typeof readSource> => {
    const text = files.get(path);
    if (text === undefined) throw new SandboxError('GSB-DEF-003', { detail: `${id}/${path} is missing` });
    const read = readSource(text, `${id}/${path}`, limits);
    if (read.report.failed()) throw refusal(read);
    return read;
  };
  return {
    value: (path, limits) => source(path, limits).value,
    mapping: (path, limits) => {
      const { value } = source(path, limits);
      if (!isJsonObject(value))
        throw new SandboxError('GSB-DEF-003', { detail: `${id}/${path}: must be a mapping` });
      return value;
    },
    as: (schema, path) => {
      const read = source(path);
      const parsed = schema.safeParse(read.value);
      if (parsed.success) return parsed.data;
      explainIssues(parsed.error.issues, read.value, read.report);
      throw refusal(read);
    },
    all: (folder, read) =>
      Object.fromEntries(inFolder(files, folder).map(([path]) => [stem(path), read(path)])),
  };
}

function refusal({ report }: ReturnType<typeof readSource>): SandboxError {
  return new SandboxError('GSB-DEF-003', { detail: said(report.diagnostics()) });
}

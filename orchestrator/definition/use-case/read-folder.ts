import type { z } from 'zod';
import { personasFileSchema, type Persona } from '../../../contracts/identity.js';
import { isJsonObject, type JsonObject } from '../../../contracts/json.js';
import { presentationSchema, type PresentationPlan } from '../../../contracts/presentation.js';
import { cohortSchema, scenarioSchema, type Scenario } from '../../../contracts/scenario.js';
import { useCaseSchema, type UseCaseManifest } from '../../../contracts/use-case.js';
import { SHARED } from '../../../contracts/workflow.js';
import { partCallsOf } from '../attach-parts.js';
import { checkDocument } from '../check-document.js';
import { isMapping } from '../lint/walk.js';
import type { FolderFiles } from '../resolve-resources.js';
import { explainIssues } from '../schema/explain.js';
import { kindOfValue } from '../schema/shape.js';
import { seedLimits, type Limits } from '../source/limits.js';
import { DOCUMENT, noParts, type SharedParts } from '../shared-parts.js';
import { valueAt } from '../source/path.js';
import { readSource, type Source } from '../source/read-source.js';
import type { Report } from '../source/report.js';
import { inFolder, stem } from './folder.js';
import type { UseCasePorts } from './ports.js';

/** A file of the use case: its name without folder and ending, what it holds, and where to report what is wrong. */
export interface Part<T> {
  readonly name: string;
  readonly path: string;
  readonly value: T;
  readonly report: Report;
}

/** A use case as far as it could be read. What is missing or broken is reported, and left out here. */
export interface ReadFolder {
  readonly id: string;
  readonly manifest: Part<UseCaseManifest> | undefined;
  readonly personas: Part<readonly Persona[]> | undefined;
  /** By the name of the document; as written, even if not valid. */
  readonly workflows: readonly Part<unknown>[];
  readonly forms: readonly Part<JsonObject>[];
  readonly locales: readonly Part<JsonObject>[];
  /** The shared parts that its workflows perform, and those that these perform. */
  readonly parts: readonly ReadPart[];
  readonly scenarios: readonly Part<Scenario>[];
  readonly presentation: Part<PresentationPlan> | undefined;
  /** Of all scenario files, also those that could not be read. */
  readonly scenarioNames: readonly string[];
  readonly reports: readonly Report[];
}

/** A shared part as a use case meets it: its document, and the forms and texts that join those of the use case. */
export interface ReadPart extends Part<unknown> {
  readonly forms: readonly Part<JsonObject>[];
  readonly locales: readonly Part<JsonObject>[];
}

/** The forms that its tasks find: its own, and those of its parts that it does not replace. */
export function formsOf({ forms, parts }: ReadFolder): readonly Part<JsonObject>[] {
  const own = new Set(forms.map(({ name }) => name));
  return [...forms, ...parts.flatMap((part) => part.forms).filter(({ name }) => !own.has(name))];
}

/** Its own documents, and those of its parts. */
export function documentsOf({
  workflows,
  parts,
}: Pick<ReadFolder, 'workflows' | 'parts'>): readonly Part<unknown>[] {
  return [...workflows, ...parts];
}

export function readFolder(
  id: string,
  files: FolderFiles,
  ports: UseCasePorts,
  shared: SharedParts = noParts,
): ReadFolder {
  const reports: Report[] = [];
  const source = (path: string, limits?: Limits): Source => {
    const read = readSource(files.get(path) ?? '', `${id}/${path}`, limits);
    reports.push(read.report);
    return read;
  };
  const part = <T>(path: string, value: T, report: Report, name = stem(path)): Part<T> => ({
    name,
    path,
    value,
    report,
  });
  const parsed = <S extends z.ZodType>(path: string, schema: S): Part<z.output<S>> | undefined => {
    const { value, report } = source(path);
    if (report.failed()) return undefined;
    if (!files.has(path)) {
      report.add('missing-file', [], { name: path });
      return undefined;
    }
    const result = schema.safeParse(value);
    if (result.success) return part(path, result.data, report);
    explainIssues(result.error.issues, value, report);
    return undefined;
  };
  const mappings = (folder: string, limits?: Limits, from = files, of = id): Part<JsonObject>[] =>
    inFolder(from, folder).flatMap(([path, text]) => {
      const { value, report } = readSource(text, `${of}/${path}`, limits);
      reports.push(report);
      if (report.failed()) return [];
      if (isJsonObject(value)) return [part(path, value, report)];
      report.add('wrong-type', [], { expected: 'a mapping', found: kindOfValue(value) });
      return [];
    });
  const parts = new Map<string, ReadPart>();
  const readParts = (document: unknown): void => {
    for (const { name } of partCallsOf(document)) {
      const from = shared.filesOf(name);
      const text = from?.get(DOCUMENT);
      if (from === undefined || text === undefined || parts.has(name)) continue;
      const of = `${SHARED}/${name}`;
      const { value, report } = checkDocument(text, `${of}/${DOCUMENT}`, { files: from, lint: ports });
      reports.push(report);
      parts.set(name, {
        ...part(DOCUMENT, value, report, name),
        forms: mappings('forms', undefined, from, of),
        locales: mappings('locales', undefined, from, of),
      });
      readParts(value);
    }
  };
  const workflows = inFolder(files, 'workflows').map(([path, text]) => {
    const { value, report } = checkDocument(text, `${id}/${path}`, { files, lint: ports });
    reports.push(report);
    const name = isMapping(value) ? valueAt(value, ['document', 'name']) : undefined;
    return part(path, value, report, typeof name === 'string' ? name : stem(path));
  });
  for (const { value } of workflows) readParts(value);
  const personas = parsed('personas.yaml', personasFileSchema);
  mappings('seeds', seedLimits);
  if (files.has('cohort.yaml')) parsed('cohort.yaml', cohortSchema);
  return {
    id,
    manifest: parsed('use-case.yaml', useCaseSchema),
    personas: personas && { ...personas, value: personas.value.personas },
    workflows,
    forms: mappings('forms'),
    locales: mappings('locales'),
    parts: [...parts.values()],
    scenarios: inFolder(files, 'scenarios').flatMap(([path]) => parsed(path, scenarioSchema) ?? []),
    presentation: files.has('presentation.yaml')
      ? parsed('presentation.yaml', presentationSchema)
      : undefined,
    scenarioNames: inFolder(files, 'scenarios').map(([path]) => stem(path)),
    reports,
  };
}

import type { JsonObject } from '../../contracts/json.js';
import { isJsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { SHARED, type WorkflowDocument } from '../../contracts/workflow.js';
import { loadWorkflow } from './load-workflow.js';
import type { FolderFiles } from './resolve-resources.js';
import { said } from './said.js';
import { readSource } from './source/read-source.js';
import { inFolder, stem } from './use-case/folder.js';

/** What several use cases share: a workflow document with its contract, its forms and its texts. */
export interface SharedPart {
  readonly document: WorkflowDocument;
  /** JSON Schemas by form name. */
  readonly forms: Readonly<Record<string, JsonObject>>;
  readonly locales: Readonly<Record<string, JsonObject>>;
}

/** The parts of `usecases/shared/`, each read when it is first asked for. */
export interface SharedParts {
  readonly names: readonly string[];
  /** The files of a part, as they were written. */
  filesOf(name: string): FolderFiles | undefined;
  /** GSB-DEF-001, -002, -003 when it is not as it must be; undefined when there is none of that name. */
  part(name: string): SharedPart | undefined;
}

export const DOCUMENT = 'workflow.yaml';

/** `folders`: the files of each part by their path inside its folder. */
export function createSharedParts(folders: ReadonlyMap<string, FolderFiles>): SharedParts {
  const read = new Map<string, SharedPart>();
  return {
    names: [...folders.keys()],
    filesOf: (name) => folders.get(name),
    part: (name) => {
      const files = folders.get(name);
      if (files === undefined) return undefined;
      const part = read.get(name) ?? loadPart(name, files);
      read.set(name, part);
      return part;
    },
  };
}

export const noParts: SharedParts = createSharedParts(new Map());

function loadPart(name: string, files: FolderFiles): SharedPart {
  const text = files.get(DOCUMENT);
  if (text === undefined) throw refusal(`shared/${name}/${DOCUMENT} is missing`);
  const document = loadWorkflow(text, `shared/${name}/${DOCUMENT}`, files);
  const problems = problemsOf(name, document);
  if (problems.length > 0) throw refusal(`shared/${name}/${DOCUMENT}: ${problems.join('; ')}`);
  const mappings = (folder: string): Readonly<Record<string, JsonObject>> =>
    Object.fromEntries(
      inFolder(files, folder).map(([path, content]) => [
        stem(path),
        mapping(`shared/${name}/${path}`, content),
      ]),
    );
  return { document, forms: mappings('forms'), locales: mappings('locales') };
}

/** What a part must have beyond the shape of a document: a name that finds it, and a contract. */
function problemsOf(
  name: string,
  { document, input, output, schedule, use }: WorkflowDocument,
): readonly string[] {
  return [
    ...(document.namespace === SHARED ? [] : [`its namespace must be "${SHARED}"`]),
    ...(document.name === name ? [] : [`its name must be "${name}", as its folder`]),
    ...(input?.schema?.document === undefined ? ['it needs input.schema, half of its contract'] : []),
    ...(output?.schema?.document === undefined ? ['it needs output.schema, half of its contract'] : []),
    ...(schedule === undefined ? [] : ['a part does not start by itself: it may have no schedule']),
    ...(use?.secrets === undefined
      ? []
      : ['secrets belong to the workflow that performs it: hand in what it needs']),
  ];
}

function mapping(path: string, text: string): JsonObject {
  const { value, report } = readSource(text, path);
  if (report.failed()) throw refusal(said(report.diagnostics()));
  if (!isJsonObject(value)) throw refusal(`${path}: must be a mapping`);
  return value;
}

function refusal(detail: string): SandboxError {
  return new SandboxError('GSB-DEF-003', { detail });
}

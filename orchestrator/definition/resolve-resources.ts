import { entriesOf, isMapping, tasksOf } from './lint/walk.js';
import { findRefused } from './refused-tasks.js';
import { task as taskSchema } from './schema/tasks.js';
import { pointer, valueAt, type Path } from './source/path.js';
import { readSource } from './source/read-source.js';
import type { Report } from './source/report.js';
import { suggestion } from './source/suggest.js';

/** Texts by their path inside the folder of a use case. */
export type FolderFiles = ReadonlyMap<string, string>;

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Puts what lies in files of the same folder into the document, so that a run needs nothing more: `schema.resource`
 * becomes `schema.document`, and a function of a catalog (`call: name:version@catalog`) becomes `use.functions` under
 * that name, read from `<catalog endpoint>/functions/<name>/<version>/function.yaml`. Nothing is fetched.
 * OWS DSL 1.0.3, External Resource, Catalog.
 */
export function resolveResources(document: unknown, files: FolderFiles, report: Report): unknown {
  if (!isMapping(document)) return document;
  const folder = createFolder(files, report);
  return addFunctions(withSchemas(document, folder), folder, report);
}

interface Folder {
  /** The parsed file that an endpoint names; undefined, and reported at `path`, when there is none. */
  read(endpoint: unknown, path: Path): { readonly value: unknown; readonly file: string } | undefined;
}

function createFolder(files: FolderFiles, report: Report): Folder {
  return {
    read: (endpoint, path) => {
      const file = fileOf(endpoint);
      if (file === undefined) {
        const uri = uriOf(endpoint);
        report.add('resource-outside', path, { name: typeof uri === 'string' ? uri : 'this' });
        return undefined;
      }
      const text = files.get(file);
      if (text === undefined) {
        report.add('resource-missing', path, { name: file, suggestion: suggestion(file, files.keys()) });
        return undefined;
      }
      const source = readSource(text, file);
      const [first] = source.report.diagnostics();
      if (first === undefined && isMapping(source.value)) return { value: source.value, file };
      const reason = first === undefined ? 'it must be a mapping' : `line ${first.line}: ${first.what}`;
      report.add('resource-wrong', path, { name: file, reason });
      return undefined;
    },
  };
}

function uriOf(endpoint: unknown): unknown {
  return isMapping(endpoint) ? endpoint['uri'] : endpoint;
}

/** A path inside the folder: no scheme, not absolute, no way up and out. */
function fileOf(endpoint: unknown): string | undefined {
  const uri = uriOf(endpoint);
  if (typeof uri !== 'string' || /^[a-z][a-z0-9+.-]*:|^\/|\\|[${}?#]/i.test(uri)) return undefined;
  const steps = uri.split('/').filter((step) => step !== '.' && step !== '');
  return steps.length === 0 || steps.includes('..') ? undefined : steps.join('/');
}

function withSchemas(document: Mapping, folder: Folder): Mapping {
  let resolved: unknown = document;
  for (const path of resourcePaths(document)) {
    const schema = valueAt(document, path);
    const resource = isMapping(schema) ? schema['resource'] : undefined;
    if (!isMapping(schema) || !isMapping(resource)) continue;
    const found = folder.read(resource['endpoint'], [...path, 'resource', 'endpoint']);
    if (found === undefined) continue;
    const { resource: _, ...others } = schema;
    resolved = replaced(resolved, path, { ...others, document: found.value });
  }
  return resolved as Mapping;
}

/** Where a schema may stand: in the data flow of the workflow, of each task, and of each event that is listened to. */
function resourcePaths(document: Mapping): readonly Path[] {
  const holders: Path[] = [[], ...[...tasksOf(document)].flatMap(({ path }) => [path, [...path, 'foreach']])];
  return holders
    .flatMap((holder) => ['input', 'output', 'export'].map((flow) => [...holder, flow, 'schema']))
    .filter((path) => isMapping(valueAt(document, [...path, 'resource'])));
}

/** The same value with another one at a path; everything beside that path is shared. */
function replaced(value: unknown, path: Path, put: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return put;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === step ? replaced(item, rest, put) : item));
  if (!isMapping(value)) return value;
  return { ...value, [step]: replaced(value[step], rest, put) };
}

function addFunctions(document: Mapping, folder: Folder, report: Report): Mapping {
  const catalogs = valueAt(document, ['use', 'catalogs']);
  if (!isMapping(catalogs)) return document;
  const found = new Map<string, unknown>();
  const wanted = callsOf(document);
  for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
    const { call, path } = next;
    if (found.has(call)) continue;
    // Asked for once, whether it is there or not.
    found.set(call, undefined);
    const task = readFunction(call, path, catalogs, folder, report);
    if (task === undefined) continue;
    found.set(call, withSchemas(asDocument(call, task), folder));
    wanted.push(...callsOf(asDocument(call, task)).map((inner) => ({ call: inner.call, path })));
  }
  const functions = [...found].flatMap(([call, holder]) =>
    holder === undefined ? [] : [[call, valueAt(holder, ['use', 'functions', call])] as const],
  );
  if (functions.length === 0) return document;
  const use = document['use'] as Mapping;
  return {
    ...document,
    use: {
      ...use,
      functions: { ...(use['functions'] as Mapping | undefined), ...Object.fromEntries(functions) },
    },
  };
}

function readFunction(
  call: string,
  path: Path,
  catalogs: Mapping,
  folder: Folder,
  report: Report,
): Mapping | undefined {
  const { name, version, catalog } = catalogCall(call) ?? {};
  if (catalog === undefined || catalog === 'default' || !Object.hasOwn(catalogs, catalog)) return undefined;
  const endpoint = valueAt(catalogs, [catalog, 'endpoint']);
  const root = fileOf(endpoint);
  const read =
    root === undefined
      ? folder.read(endpoint, ['use', 'catalogs', catalog, 'endpoint'])
      : folder.read(`${root}/functions/${name ?? ''}/${version ?? ''}/function.yaml`, path);
  if (root === undefined || read === undefined) return undefined;
  const [refused] = findRefused(asDocument(call, read.value));
  const [issue] = taskSchema.safeParse(read.value).error?.issues ?? [];
  if (refused === undefined && issue === undefined && isMapping(read.value)) return read.value;
  const place = pointer((issue?.path ?? []).map((step) => (typeof step === 'number' ? step : String(step))));
  const reason = refused === undefined ? `${place}: ${issue?.message ?? ''}` : `${refused.kind} is refused`;
  report.add('resource-wrong', path, { name: read.file, reason });
  return undefined;
}

/** `name:version@catalog`, as OWS DSL 1.0.3 writes functions of a catalog. */
export function catalogCall(
  call: string,
): { readonly name: string; readonly version: string; readonly catalog: string } | undefined {
  const match = /^([^:@/]+):([^:@/]+)@([^:@/]+)$/.exec(call);
  return match === null
    ? undefined
    : { name: match[1] ?? '', version: match[2] ?? '', catalog: match[3] ?? '' };
}

const asDocument = (name: string, task: unknown): Mapping => ({ use: { functions: { [name]: task } } });

function callsOf(document: unknown): { call: string; path: Path }[] {
  return [...tasksOf(document)].flatMap(({ path, task }) =>
    entriesOf(task).flatMap(([key, value]) =>
      key === 'call' && typeof value === 'string' ? [{ call: value, path: [...path, 'call'] }] : [],
    ),
  );
}

import { pointer, type Path } from '../source/path.js';
import type { Report } from '../source/report.js';
import { listed, suggestion } from '../source/suggest.js';
import { catalogCall } from '../resolve-resources.js';
import type { FoundProgram } from './expressions.js';
import { refusals } from '../refused-tasks.js';
import type { LintPorts } from './ports.js';
import { entriesOf, extensionsOf, isMapping, tasksOf } from './walk.js';

type Kind = 'authentications' | 'catalogs' | 'errors' | 'functions' | 'retries' | 'secrets' | 'timeouts';

const singular: Readonly<Record<Kind, string>> = {
  authentications: 'authentication',
  catalogs: 'catalog',
  errors: 'error',
  functions: 'function',
  retries: 'retry policy',
  secrets: 'secret',
  timeouts: 'timeout',
};

interface Reference {
  readonly kind: Kind;
  readonly name: string;
  readonly path: Path;
}

/** Names under `use`: those that are referred to and do not exist, and those that nobody refers to. */
export function lintNames(
  document: unknown,
  programs: readonly FoundProgram[],
  report: Report,
  ports: LintPorts,
): void {
  const declared = declaredNames(document);
  const used = new Set<string>();
  for (const { kind, name, path } of referencesIn(document, programs)) {
    used.add(`${kind} ${name}`);
    if (declared[kind].includes(name)) continue;
    if (kind === 'functions' && pointer(path).endsWith('/call')) {
      const known = [...declared.functions, 'http', 'openapi'];
      report.add('unknown-function', path, {
        name,
        known: `Declared here: ${listed(declared.functions)}.`,
        suggestion: suggestion(name, [
          ...known,
          ...ports.defaultFunctions.map((one) => `${one}:1.0.0@default`),
        ]),
      });
      continue;
    }
    report.add('unknown-name', path, {
      kind: singular[kind],
      name,
      where: `use.${kind}`,
      suggestion: suggestion(name, declared[kind]),
    });
  }
  lintDefaultCatalog(document, report, ports);
  for (const [kind, names] of Object.entries(declared)) {
    for (const [index, name] of names.entries()) {
      if (used.has(`${kind} ${name}`)) continue;
      const path: Path = ['use', kind, kind === 'secrets' ? index : name];
      report.add('unused-name', path, { kind: singular[kind as Kind], name }, 'key');
    }
  }
  lintExtensions(document, report);
}

function declaredNames(document: unknown): Readonly<Record<Kind, readonly string[]>> {
  const use = isMapping(document) && isMapping(document['use']) ? document['use'] : {};
  const keys = (kind: Kind): readonly string[] => entriesOf(use[kind]).map(([name]) => name);
  const { secrets } = use;
  return {
    authentications: keys('authentications'),
    catalogs: keys('catalogs'),
    errors: keys('errors'),
    functions: keys('functions'),
    retries: keys('retries'),
    timeouts: keys('timeouts'),
    secrets: Array.isArray(secrets) ? secrets.filter((name) => typeof name === 'string') : [],
  };
}

function* referencesIn(document: unknown, programs: readonly FoundProgram[]): Generator<Reference> {
  if (!isMapping(document)) return;
  yield* byName('timeouts', document['timeout'], ['timeout']);
  const use = isMapping(document['use']) ? document['use'] : {};
  for (const [name, policy] of entriesOf(use['authentications']))
    yield* secretsOf(policy, ['use', 'authentications', name]);
  for (const { path, task } of tasksOf(document)) {
    yield* byName('timeouts', task['timeout'], [...path, 'timeout']);
    const { raise, metadata, catch: caught, call } = task;
    if (isMapping(raise)) yield* byName('errors', raise['error'], [...path, 'raise', 'error']);
    if (isMapping(caught)) yield* byName('retries', caught['retry'], [...path, 'catch', 'retry']);
    if (isMapping(metadata) && isMapping(metadata['sandbox']))
      yield* byName('functions', metadata['sandbox']['compensate'], [
        ...path,
        'metadata',
        'sandbox',
        'compensate',
      ]);
    if (typeof call === 'string') yield* calledBy(call, [...path, 'call']);
    if (call === 'http' || call === 'openapi') yield* authenticationsIn(task['with'], [...path, 'with']);
  }
  for (const { program, path } of programs) {
    for (const [, dotted, quoted] of program.matchAll(
      /\$secrets\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*"([^"]+)"\s*\])/g,
    ))
      yield { kind: 'secrets', name: dotted ?? quoted ?? '', path };
  }
}

function* byName(kind: Kind, value: unknown, path: Path): Generator<Reference> {
  if (typeof value === 'string') yield { kind, name: value, path };
}

function* calledBy(call: string, path: Path): Generator<Reference> {
  // What is refused is told as such.
  if (call === 'http' || call === 'openapi' || Object.hasOwn(refusals['call'] ?? {}, call)) return;
  const catalog = catalogCall(call)?.catalog;
  if (catalog === undefined) yield { kind: 'functions', name: call, path };
  else if (catalog !== 'default') yield { kind: 'catalogs', name: catalog, path };
}

/** Where the arguments of http and openapi calls say how to authenticate. */
function* authenticationsIn(args: unknown, path: Path): Generator<Reference> {
  if (!isMapping(args)) return;
  const { endpoint, document, authentication } = args;
  yield* authenticationOf(authentication, [...path, 'authentication']);
  if (isMapping(endpoint))
    yield* authenticationOf(endpoint['authentication'], [...path, 'endpoint', 'authentication']);
  const source = isMapping(document) ? document['endpoint'] : undefined;
  if (isMapping(source))
    yield* authenticationOf(source['authentication'], [...path, 'document', 'endpoint', 'authentication']);
}

function* authenticationOf(value: unknown, path: Path): Generator<Reference> {
  if (!isMapping(value)) return;
  yield* byName('authentications', value['use'], [...path, 'use']);
  yield* secretsOf(value, path);
}

function* secretsOf(policy: unknown, path: Path): Generator<Reference> {
  for (const [scheme, properties] of entriesOf(policy)) {
    if (isMapping(properties)) yield* byName('secrets', properties['use'], [...path, scheme, 'use']);
  }
}

function lintDefaultCatalog(document: unknown, report: Report, { defaultFunctions }: LintPorts): void {
  for (const { path, task } of tasksOf(document)) {
    const called = typeof task['call'] === 'string' ? catalogCall(task['call']) : undefined;
    if (called === undefined || called.catalog !== 'default') continue;
    if (defaultFunctions.includes(called.name) && called.version === '1.0.0') continue;
    report.add('unknown-function', [...path, 'call'], {
      name: String(task['call']),
      known: `The catalog default has, in version 1.0.0: ${defaultFunctions.join(', ')}.`,
      suggestion: suggestion(
        String(task['call']),
        defaultFunctions.map((name) => `${name}:1.0.0@default`),
      ),
    });
  }
}

/** An extension of a kind of task that the document does not have. */
function lintExtensions(document: unknown, report: Report): void {
  const kinds = new Set(
    [...tasksOf(document)].flatMap(({ task, within }) => (within === 'extension' ? [] : Object.keys(task))),
  );
  for (const { path, name, extension } of extensionsOf(document)) {
    const { extend } = extension;
    if (typeof extend !== 'string' || extend === 'all') continue;
    if (!kinds.has(extend === 'composite' ? 'do' : extend))
      report.add('unused-name', path, { kind: `extension of ${extend} tasks`, name }, 'key');
  }
}

import type { Difference, OperationDiff } from '../../../contracts/contract-diff.js';
import { compareRequests, compareResponses } from './compare-bodies.js';
import type { DescribedOperation } from './described-operation.js';

/** Which use cases call an operation, and the names of the members that their expressions read. */
export interface OperationUse {
  readonly useCase: string;
  readonly operationId: string;
  readonly reads: ReadonlySet<string>;
}

export interface Comparison {
  readonly ours: readonly DescribedOperation[];
  readonly theirs: readonly DescribedOperation[];
  /** The path of one of ours at the candidate, within its document: several where servers and prefixes leave a choice. */
  readonly pathsThere: (path: string) => readonly string[];
  /** Names in lower case of headers that every request has, or that the binding adds. */
  readonly headers: ReadonlySet<string>;
  readonly uses: readonly OperationUse[];
}

export function compareOperations(comparison: Comparison): readonly OperationDiff[] {
  return comparison.ours.map((ours) => {
    const { operationId, method, path } = ours;
    const uses = comparison.uses.filter((use) => use.operationId === operationId);
    const theirs = counterpart(comparison, ours);
    const differences =
      theirs === undefined ? [missing(comparison, ours)] : compare(comparison, ours, theirs, uses);
    const breaking = differences.some((one) => one.breaking);
    return {
      operationId,
      method,
      path,
      verdict: breaking ? 'breaking' : differences.length > 0 ? 'compatible' : 'same',
      usedBy: [...new Set(uses.map(({ useCase }) => useCase))],
      differences,
    };
  });
}

/** By method and path; where several share both, the one of the same name. */
function counterpart(
  { theirs, pathsThere }: Comparison,
  ours: DescribedOperation,
): DescribedOperation | undefined {
  for (const path of pathsThere(ours.path)) {
    for (const same of [exactly, withoutSlash]) {
      const found = theirs.filter(
        (one) => one.method === ours.method && same(shape(one.path)) === same(shape(path)),
      );
      const chosen = found.find(({ operationId }) => operationId === ours.operationId) ?? found[0];
      if (chosen !== undefined) return chosen;
    }
  }
  return undefined;
}

const exactly = (path: string): string => path;
const withoutSlash = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, '') : path);
/** What a parameter is called does not matter. */
const shape = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');

function missing({ theirs, pathsThere }: Comparison, { method, path }: DescribedOperation): Difference {
  const there = pathsThere(path).map(shape);
  const methods = theirs.filter((one) => there.includes(shape(one.path))).map((one) => one.method);
  const what =
    methods.length === 0
      ? `${method} ${path} is not described there`
      : `there is no ${method} at this path there, only ${[...new Set(methods)].join(', ')}`;
  return { in: 'operation', at: '', what, breaking: true };
}

function compare(
  { headers }: Comparison,
  ours: DescribedOperation,
  theirs: DescribedOperation,
  uses: readonly OperationUse[],
): readonly Difference[] {
  const isRead = (name: string): boolean => uses.some(({ reads }) => reads.has(name));
  return [
    ...parameterDifferences(headers, ours, theirs),
    ...bodyDifferences(ours, theirs),
    ...responseDifferences(ours, theirs, isRead),
  ];
}

function parameterDifferences(
  headers: ReadonlySet<string>,
  ours: DescribedOperation,
  theirs: DescribedOperation,
): readonly Difference[] {
  const key = ({ name, in: where }: { name: string; in: string }): string =>
    where === 'header' ? `header ${name.toLowerCase()}` : `${where} ${name}`;
  const known = new Map(ours.parameters.map((one) => [key(one), one]));
  return theirs.parameters.flatMap((parameter): Difference[] => {
    // Values of the path are given by their place.
    if (!parameter.required || parameter.in === 'path') return [];
    if (parameter.in === 'header' && headers.has(parameter.name.toLowerCase())) return [];
    const own = known.get(key(parameter));
    const at = `${parameter.in} ${parameter.name}`;
    if (own === undefined)
      return [{ in: 'parameter', at, what: 'is required there and unknown here', breaking: true }];
    return own.required
      ? []
      : [{ in: 'parameter', at, what: 'is required there and optional here', breaking: false }];
  });
}

function bodyDifferences(ours: DescribedOperation, theirs: DescribedOperation): readonly Difference[] {
  if (theirs.body === undefined)
    return ours.body?.required === true
      ? [{ in: 'request', at: '', what: 'no body is described there', breaking: false }]
      : [];
  if (ours.body === undefined)
    return theirs.body.required
      ? [{ in: 'request', at: '', what: 'a body is required there, and we send none', breaking: true }]
      : [];
  return compareRequests(
    { schema: ours.body.schema, resolve: ours.resolve },
    { schema: theirs.body.schema, resolve: theirs.resolve },
  );
}

/** Answers that succeed: how a system refuses is told apart by status. */
function responseDifferences(
  ours: DescribedOperation,
  theirs: DescribedOperation,
  isRead: (name: string) => boolean,
): readonly Difference[] {
  const given = [...theirs.responses].filter(([status]) => /^2/.test(status) || status === 'default');
  return [...ours.responses]
    .filter(([status]) => /^2/.test(status))
    .flatMap(([status, schema]): readonly Difference[] => {
      const same = given.find(([one]) => one === status) ?? given.find(([one]) => /^2xx$/i.test(one));
      const [found, other] = same ?? given[0] ?? [];
      if (found === undefined || other === undefined) return [];
      const moved: Difference[] =
        same === undefined && found !== 'default'
          ? [
              {
                in: 'response',
                at: '',
                what: `succeeds with ${found} there and ${status} here`,
                breaking: false,
              },
            ]
          : [];
      return [
        ...moved,
        ...compareResponses(
          { schema, resolve: ours.resolve },
          { schema: other, resolve: theirs.resolve },
          isRead,
        ),
      ];
    });
}

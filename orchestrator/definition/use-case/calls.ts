import type { BlockId } from '../../../contracts/block.js';
import type { ServiceDefinition, UseCaseManifest } from '../../../contracts/use-case.js';
import { isMapping, tasksOf } from '../lint/walk.js';
import { valueAt, type Path } from '../source/path.js';
import type { Report } from '../source/report.js';
import { listed, suggestion } from '../source/suggest.js';
import type { OperationContract, UseCasePorts } from './ports.js';
import { documentsOf, type Part, type ReadFolder } from './read-folder.js';

/** Calls of building blocks against the manifest and the blocks' own OpenAPI documents; calls that go past them. */
export function lintCalls(folder: ReadFolder, manifest: Part<UseCaseManifest>, ports: UseCasePorts): void {
  for (const { value, report } of documentsOf(folder)) {
    for (const { path, task } of tasksOf(value)) {
      const args = task['with'];
      if (!isMapping(args)) continue;
      if (task['call'] === 'http') lintOutbound(args['endpoint'], [...path, 'with', 'endpoint'], report);
      if (task['call'] !== 'openapi') continue;
      const service = serviceOf(args, path, manifest.value, report);
      if (service === undefined) continue;
      const call = { service, manifest: manifest.value, report, ports };
      lintCall(call, args, [...path, 'with']);
      const ask = valueAt(task, ['metadata', 'sandbox', 'unclear', 'ask']);
      if (isMapping(ask)) lintCall(call, ask, [...path, 'metadata', 'sandbox', 'unclear', 'ask']);
    }
  }
}

interface NamedService {
  readonly name: string;
  readonly definition: ServiceDefinition;
}

/** The service that `govstack://<name>/openapi.json` means; undefined when it means none, or another host. */
function serviceOf(
  args: Readonly<Record<string, unknown>>,
  path: Path,
  manifest: UseCaseManifest,
  report: Report,
): NamedService | undefined {
  const endpoint = valueAt(args, ['document', 'endpoint']);
  const uri = isMapping(endpoint) ? endpoint['uri'] : endpoint;
  const place = [...path, 'with', 'document', 'endpoint'];
  const name = typeof uri === 'string' ? /^govstack:\/\/([^/]+)/.exec(uri)?.[1] : undefined;
  if (name === undefined) {
    lintOutbound(endpoint, place, report);
    return undefined;
  }
  const definition = Object.hasOwn(manifest.services, name) ? manifest.services[name] : undefined;
  if (definition !== undefined) return { name, definition };
  const known = Object.keys(manifest.services);
  report.add('unknown-part', place, {
    kind: 'service',
    name,
    known: listed(known),
    suggestion: suggestion(name, known),
  });
  return undefined;
}

function lintOutbound(endpoint: unknown, path: Path, report: Report): void {
  const uri = isMapping(endpoint) ? endpoint['uri'] : endpoint;
  // A part is told by its caller which service it calls.
  if (typeof uri !== 'string' || uri.includes('"govstack://"')) return;
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i.exec(uri)?.[1];
  report.add('outbound-call', path, { host: host ?? 'a host that an expression gives' });
}

interface CallPlace {
  readonly service: NamedService;
  readonly manifest: UseCaseManifest;
  readonly report: Report;
  readonly ports: UseCasePorts;
}

function lintCall(
  { service, manifest, report, ports }: CallPlace,
  args: Readonly<Record<string, unknown>>,
  path: Path,
): void {
  const { operationId } = args;
  const { block, access } = service.definition;
  const operations = ports.operationsOf(block);
  if (typeof operationId !== 'string' || operationId.trim().startsWith('${') || operations === undefined)
    return;
  const operation = operations.get(operationId);
  if (operation === undefined) {
    unknownOperation(block, operationId, operations.keys(), [...path, 'operationId'], report);
    return;
  }
  const right = access.find(
    ({ client, operations: granted }) =>
      client === manifest.client && (granted === undefined || granted.includes(operationId)),
  );
  if (right === undefined)
    report.add('access-not-granted', [...path, 'operationId'], {
      service: service.name,
      client: manifest.client,
      operation: operationId,
    });
  const parameters = isMapping(args['parameters']) ? args['parameters'] : {};
  lintParameters(operation, operationId, service.definition, parameters, path, report);
}

export function unknownOperation(
  block: BlockId,
  name: string,
  known: Iterable<string>,
  path: Path,
  report: Report,
): void {
  report.add('unknown-operation', path, { block, name, suggestion: suggestion(name, known) });
}

/** Said by the mediator or by the runtime on every call, so that no workflow needs to. */
const saidElsewhere = new Set([
  'x-govstack-client',
  'information-mediator-client',
  'x-road-client',
  'x-road-id',
  'accept',
  'content-type',
  'authorization',
  'idempotency-key',
]);

function lintParameters(
  operation: OperationContract,
  name: string,
  service: ServiceDefinition,
  given: Readonly<Record<string, unknown>>,
  path: Path,
  report: Report,
): void {
  const names = Object.keys(given);
  const body = operation.requestBody;
  const isNamed = (parameter: OperationContract['parameters'][number]): boolean =>
    names.some((one) =>
      parameter.in === 'header' ? one.toLowerCase() === parameter.name.toLowerCase() : one === parameter.name,
    );
  const place = 'parameters' in given || names.length > 0 ? [...path, 'parameters'] : path;
  for (const parameter of operation.parameters) {
    const elsewhere =
      parameter.default !== undefined ||
      (parameter.in === 'path' && service.fixed?.[parameter.name] !== undefined) ||
      (parameter.in === 'query' && operation.when[parameter.name] !== undefined) ||
      parameter.in === 'cookie' ||
      (parameter.in === 'header' && saidElsewhere.has(parameter.name.toLowerCase()));
    if (parameter.required && !elsewhere && !isNamed(parameter))
      report.add('missing-parameter', place, {
        operation: name,
        name: `the ${parameter.in} parameter ${parameter.name}`,
      });
  }
  const bodyIsParameter = operation.parameters.some((parameter) => parameter.name === 'body');
  if (body?.required === true && !names.includes('body') && !bodyIsParameter)
    report.add('missing-parameter', place, { operation: name, name: 'the request body, as parameter body' });
  const known = [...operation.parameters.map((parameter) => parameter.name), ...(body ? ['body'] : [])];
  for (const one of names) {
    const expected =
      (one === 'body' && body !== undefined) ||
      operation.parameters.some(
        (parameter) =>
          parameter.name === one ||
          (parameter.in === 'header' && parameter.name.toLowerCase() === one.toLowerCase()),
      ) ||
      /^(x-|accept$|content-type$|authorization$)/i.test(one);
    if (!expected)
      report.add(
        'unknown-parameter',
        [...path, 'parameters', one],
        { operation: name, name: one, suggestion: suggestion(one, known) },
        'key',
      );
  }
}

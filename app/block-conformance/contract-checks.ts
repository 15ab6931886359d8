import type { Method } from '../../contracts/block.js';
import type { ContractOperation } from '../../mocks/kit/operation-table.js';
import type { Contract } from './contract.js';
import { mutationsOf, type MutationKind } from './mutations.js';
import type { CheckDefinition, Probe } from './session.js';
import { SkipCheck } from './skip-check.js';
import type { CallParts, Suite } from './suite.js';

const METHODS: readonly Method[] = ['PATCH', 'PUT', 'DELETE', 'POST', 'GET'];
const HUGE = 100_000;

/** What every operation of a document must do, whatever it is about. */
export function contractChecks(
  suite: Suite,
  contract: Contract,
  operations: readonly ContractOperation[],
  readOnly: boolean,
): readonly CheckDefinition[] {
  return [unknownPath, ...operations.flatMap((operation) => checksOf(suite, contract, operation, readOnly))];
}

const unknownPath: CheckDefinition = {
  id: 'unknown-path',
  title: 'A path that there is not answers 404',
  operations: [],
  section: 'paths (RFC 9110 section 15.5.5)',
  async run(probe) {
    const headers = { accept: 'application/json' };
    const answer = await probe.send({ method: 'GET', target: '/no-such-place-anywhere/at/all', headers });
    const { status } = answer;
    // Whoever asks for credentials first may go on doing so.
    probe.expect(
      [404, 400, 401, 403].includes(status),
      'a path that there is not answers 404',
      `it answered ${status}`,
    );
  },
};

function checksOf(
  suite: Suite,
  contract: Contract,
  operation: ContractOperation,
  readOnly: boolean,
): readonly CheckDefinition[] {
  const { operationId, method, template } = operation;
  const name = `${method} ${template}${variant(operation)}`;
  let sample: CallParts | undefined;
  let offered: SkipCheck | undefined;
  const ready = async (probe: Probe): Promise<CallParts> => {
    if (offered !== undefined) throw offered;
    if (readOnly && method !== 'GET') throw new SkipCheck('read-only', `${operationId} writes`);
    sample ??= await probe.sample(operation);
    return sample;
  };
  const define = (
    part: string,
    title: string,
    run: (probe: Probe, parts: CallParts) => Promise<void>,
  ): CheckDefinition => ({
    id: `${operationId}/${part}`,
    title: `${name}: ${title}`,
    operations: [operationId],
    run: async (probe) => {
      await run(probe, await ready(probe));
    },
  });
  const lenient = suite.lenient?.[operationId] !== undefined;

  const answer: CheckDefinition = {
    id: `${operationId}/answer`,
    title: `${name}: a valid request succeeds, in the declared shape`,
    operations: [operationId],
    async run(probe) {
      if (readOnly && method !== 'GET') throw new SkipCheck('read-only', `${operationId} writes`);
      try {
        const parts = await probe.sample(operation);
        await probe.call(operationId, parts);
      } catch (error) {
        if (error instanceof SkipCheck) offered = error;
        throw error;
      }
    },
  };

  const wrongMethod = define('method', 'another method is refused', async (probe, parts) => {
    const request = probe.build(operation, parts);
    const [path = ''] = request.target.split('?');
    const other = METHODS.find((each) => contract.table.match(each, path, {}).kind === 'no-method');
    if (other === undefined || (readOnly && other !== 'GET'))
      throw new SkipCheck('read-only', 'another method might write');
    const { body: _body, ...rest } = request;
    const { status, headers } = await probe.send({ ...rest, method: other }, operation);
    probe.expect(
      (status >= 400 && status < 500) || status === 501,
      'a method that is not offered is refused (RFC 9110 section 15.5.6)',
      `${other} answered ${status}`,
    );
    if (status === 405)
      probe.expect(
        headers.allow !== undefined,
        '405 names the methods that are allowed (RFC 9110 section 15.5.6)',
        'it came without Allow',
      );
  });

  const names = define('header-names', 'header names are understood in any case', async (probe, parts) => {
    const request = probe.build(operation, parts);
    const headers = Object.entries(request.headers).map(([header, value]) => [header.toUpperCase(), value]);
    const loud = await probe.send(
      { ...request, headers: Object.fromEntries(headers) as Record<string, string> },
      operation,
    );
    probe.expect(
      !probe.refuses(loud),
      'header names do not depend on case (RFC 9110 section 5.1)',
      `in capital letters it answered ${loud.status}`,
    );
  });
  const hasHeaders = operation.parameters.some(({ in: where }) => where === 'header');

  const checks = [answer, wrongMethod];
  if (hasHeaders && method === 'GET') checks.push(names);
  checks.push(...spoilt(contract, operation, define, lenient));
  if (operation.operation.requestBody !== undefined) checks.push(...broken(operation, define, lenient));
  return checks;
}

type Define = (
  part: string,
  title: string,
  run: (probe: Probe, parts: CallParts) => Promise<void>,
) => CheckDefinition;

const spoiltTitles: Readonly<Record<MutationKind, readonly [string, string]>> = {
  missing: ['what is required and missing is refused', 'a request without something required is refused'],
  type: ['values of another kind are refused', 'a value of another kind than declared is refused'],
  limit: ['values beyond their limits are refused', 'a value beyond its declared limits is refused'],
};

function spoilt(
  contract: Contract,
  operation: ContractOperation,
  define: Define,
  lenient: boolean,
): readonly CheckDefinition[] {
  const body = operation.operation.requestBody !== undefined;
  const kinds = (Object.keys(spoiltTitles) as MutationKind[]).filter(
    (kind) => body || parameterKinds(operation).has(kind),
  );
  return kinds.map((kind) => {
    const [title, rule] = spoiltTitles[kind];
    return define(kind, title, async (probe, parts) => {
      const { headers } = probe.build(operation, parts);
      const whole = { ...parts, headers };
      for (const mutation of mutationsOf(contract, operation, whole)) {
        if (mutation.kind !== kind) continue;
        const answer = await probe.send(probe.build(operation, mutation.parts), operation);
        if (!lenient)
          probe.expect(probe.refuses(answer), rule, `${mutation.place}: it answered ${answer.status}`);
        if (answer.status < 500) probe.flaws(operation, answer);
      }
    });
  });
}

/** Of which kinds there can be spoilt parameters at all. */
function parameterKinds({ parameters, when }: ContractOperation): ReadonlySet<MutationKind> {
  const kinds = new Set<MutationKind>();
  for (const { in: where, name, required, schema } of parameters) {
    if (
      (where !== 'query' && where !== 'header') ||
      (where === 'query' && typeof name === 'string' && name in when)
    )
      continue;
    if (required === true) kinds.add('missing');
    const text = JSON.stringify(schema ?? {});
    if (/"enum"|"integer"|"number"|"uuid"|"date"/.test(text)) kinds.add('type');
    if (/"minimum"|"maxLength"/.test(text)) kinds.add('limit');
  }
  return kinds;
}

function broken(operation: ContractOperation, define: Define, lenient: boolean): readonly CheckDefinition[] {
  const { requestBody } = operation.operation;
  const required =
    JSON.stringify(requestBody).includes('"required":true') || '$ref' in (requestBody as object);
  return [
    define('malformed', 'a body that is no JSON is refused and does no harm', async (probe, parts) => {
      const request = probe.build(operation, parts);
      if (request.headers['content-type'] !== 'application/json') return;
      const answer = await probe.send({ ...request, body: '{"broken": [' }, operation);
      if (!lenient)
        probe.expect(
          probe.refuses(answer),
          'a body that is no JSON is refused (RFC 8259)',
          `it answered ${answer.status}`,
        );
    }),
    define('empty', 'no body at all does no harm', async (probe, parts) => {
      const { body: _body, ...request } = probe.build(operation, parts);
      const answer = await probe.send(request, operation);
      if (required && !lenient)
        probe.expect(
          probe.refuses(answer),
          'a request without its required body is refused',
          `it answered ${answer.status}`,
        );
    }),
    define('huge', 'a text of 100,000 characters does no harm', async (probe, parts) => {
      if (typeof parts.body !== 'object' || parts.body === null) return;
      const huge = JSON.stringify(parts.body).replace(/:"[^"]*"/, `:"${'x'.repeat(HUGE)}"`);
      await probe.send({ ...probe.build(operation, parts), body: huge }, operation);
    }),
  ];
}

function variant({ when }: ContractOperation): string {
  const query = new URLSearchParams(when).toString();
  return query === '' ? '' : `?${query}`;
}

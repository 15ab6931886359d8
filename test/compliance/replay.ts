import type { Json, JsonObject } from '../../contracts/json.js';
import { createContractCheck } from '../../mocks/kit/contract-check.js';
import { createOperationTable } from '../../mocks/kit/operation-table.js';
import { parseQuery } from '../../mocks/kit/query-string.js';
import { readExpectation, violation } from './expectations.js';
import type { Scenario, Step } from './transcript.js';

export interface Answer {
  readonly step: Step;
  readonly status: number;
  readonly contentType: string;
  readonly body: Json | undefined;
}

/** Sends a scenario's requests in order, each as often as it was recorded, and keeps every answer. */
export async function replay(origin: string, scenario: Scenario): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const step of scenario.steps)
    for (let time = 0; time < step.times; time += 1) answers.push(await send(origin, step));
  return answers;
}

async function send(origin: string, step: Step): Promise<Answer> {
  const response = await fetch(`${origin}${step.path}`, {
    method: step.method,
    headers: step.headers,
    ...(step.body === undefined ? {} : { body: JSON.stringify(step.body) }),
  });
  const text = await response.text();
  const contentType = response.headers.get('content-type') ?? '';
  return { step, status: response.status, contentType, body: readBody(text) };
}

function readBody(text: string): Json | undefined {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/**
 * What is wrong with the answers, by the scenario's own sentences; empty when it passes. Statuses that differ are
 * those of the last requests, in order: the last is the last request's. No answer may be a 5xx, whatever is asserted.
 * What a suite holds against a schema must fit the block's own contract, and the `official` documents that declare it.
 */
export function violations(
  scenario: Scenario,
  answers: readonly Answer[],
  openapi: JsonObject,
  official: readonly JsonObject[] = [],
): string[] {
  const expectations = scenario.asserts.flatMap((sentence) => readExpectation(sentence) ?? []);
  const last = answers.at(-1);
  if (last === undefined) return ['nothing was sent'];
  const found = answers
    .filter(({ status }) => status >= 500)
    .map(({ step, status }) => `${step.method} ${step.path} answered ${status}`);
  const statuses = expectations.flatMap((one) => (one.kind === 'status' ? [one.status] : []));
  const distinct = statuses.filter((status, index) => status !== statuses[index - 1]);
  for (const [index, wanted] of distinct.entries()) {
    const answer = answers.at(index - distinct.length);
    if (answer?.status !== wanted)
      found.push(`status ${answer?.status} instead of ${wanted}: ${JSON.stringify(answer?.body)}`);
  }
  for (const expectation of expectations) {
    if (expectation.kind === 'schema')
      found.push(...schemaViolations(last, openapi), ...officialViolations(last, official));
    const wrong = violation(expectation, last.body);
    if (wrong !== undefined) found.push(`${wrong}: ${JSON.stringify(last.body)}`);
  }
  return found;
}

/** By the contract that the block publishes: every answer that a suite holds against a schema is declared there. */
function schemaViolations(answer: Answer, openapi: JsonObject): readonly string[] {
  const { method, path } = answer.step;
  return checked(answer, openapi) ?? [`${method} ${path} is not in the contract`];
}

/** Official documents declare fewer paths and statuses than suites use: what they do not declare is passed over. */
function officialViolations(answer: Answer, official: readonly JsonObject[]): readonly string[] {
  return official
    .flatMap((document) => checked(answer, document) ?? [])
    .filter((wrong) => !/^\/status |no body is declared/.test(wrong))
    .map((wrong) => `official: ${wrong}`);
}

/** What is wrong with an answer by a document; undefined when it declares no such operation. */
function checked({ step, status, contentType, body }: Answer, document: JsonObject): string[] | undefined {
  const [path = '', ...query] = step.path.split('?');
  const match = createOperationTable(document).match(step.method, path, parseQuery(query.join('?')));
  if (match.kind !== 'found') return undefined;
  return createContractCheck(document)
    .answer(match.operation, { status, body, contentType })
    .map(({ pointer, message }) => `${pointer} ${message}`);
}

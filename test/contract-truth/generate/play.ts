import type { BlockId } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import { createOperationTable, type ContractOperation } from '../../../mocks/kit/operation-table.js';
import { createFuzz, createRandom } from '../../app/fuzz-values.js';
import { hints } from './hints.js';
import { createJudge, type Verdict } from './judge.js';
import { createRequestMaker, type GeneratedRequest } from './make-request.js';
import { createValuePool } from './value-pool.js';
import { createWire } from './wire.js';

export interface Played {
  readonly block: BlockId;
  readonly requests: number;
  /** How often each `operationId status` was answered. */
  readonly answered: ReadonlyMap<string, number>;
  /** Each with the request that brought it: what the seed alone cannot give, since servers make identifiers. */
  readonly failures: readonly string[];
}

export interface Play {
  readonly block: BlockId;
  readonly origin: string;
  readonly openapi: JsonObject;
  readonly seeds: JsonObject;
  readonly seed: number;
  /** How many requests for each operation. */
  readonly rounds: number;
  readonly deadlineMs: number;
  /** Sent before the generated ones. */
  readonly first: readonly GeneratedRequest[];
  /** Sees every answer. */
  readonly watch?: (request: GeneratedRequest, verdict: Verdict) => void;
}

/** Sends generated requests to a block, each operation in turn, and holds every answer against its contract. */
export async function play(options: Play): Promise<Played> {
  const { block, origin, openapi, seed, rounds, deadlineMs } = options;
  const pool = createValuePool();
  for (const [name, of] of Object.entries(options.seeds))
    if (name === block || name === 'identity') pool.learn(of, name);
  for (const [name, value] of Object.entries(usual)) pool.learn({ [name]: value });
  const judge = createJudge(openapi);
  const { operations } = createOperationTable(openapi);
  const wire = createWire(origin, deadlineMs);
  const answered = new Map<string, number>();
  const failures: string[] = [];

  async function sendOne(number: number, request: GeneratedRequest): Promise<void> {
    try {
      const verdict = judge(request, await wire.send(request));
      const key = `${verdict.operationId ?? '-'} ${verdict.status}`;
      answered.set(key, (answered.get(key) ?? 0) + 1);
      if (verdict.status < 300) pool.learn(verdict.body);
      options.watch?.(request, verdict);
      failures.push(
        ...verdict.wrong.map((why) =>
          told(options, number, request, `${why} (${verdict.status}, ${verdict.rule})`),
        ),
      );
    } catch (error) {
      failures.push(told(options, number, request, error instanceof Error ? error.message : String(error)));
    }
  }

  try {
    const latest = (_all: string, name: string): string =>
      encodeURIComponent(String(pool.seen(name).at(-1) ?? 'x'));
    for (const [number, request] of [...options.first, ...operations.map(bareRequest)].entries())
      await sendOne(-1 - number, { ...request, target: request.target.replaceAll(/\{\{(\w+)\}\}/g, latest) });
    for (let number = 0; number < rounds * operations.length; number += 1) {
      const operation = operations[number % operations.length]!;
      // A beginning of its own for each: what is changed in one operation does not change what others are sent.
      const round = Math.floor(number / operations.length);
      const fuzz = createFuzz(createRandom(seed + hash(`${block} ${operation.operationId} ${round}`)));
      await sendOne(number, createRequestMaker(openapi, fuzz, pool, hints[block])(operation));
    }
  } finally {
    wire.close();
  }
  return { block, requests: rounds * operations.length, answered, failures };
}

/** What a careless client sends: the path, and nothing that it asks for. */
function bareRequest({ operationId, method, template, when }: ContractOperation): GeneratedRequest {
  const query = new URLSearchParams(when).toString();
  const target = template.replaceAll(/\{[^}]+\}/g, 'x') + (query === '' ? '' : `?${query}`);
  return { operationId, method, target, headers: {} };
}

function hash(text: string): number {
  let value = 0;
  for (const letter of text) value = (Math.imul(value, 31) + letter.charCodeAt(0)) | 0;
  return value;
}

function told({ block, seed }: Play, number: number, request: GeneratedRequest, why: string): string {
  const { operationId, method, target, headers, body } = request;
  return `${block} ${operationId}: ${why}\n  seed ${seed}, request ${number}: ${method} ${target.slice(0, 300)} ${JSON.stringify(headers)} ${(body ?? '').slice(0, 400)}`;
}

/** What no seed says under the name that parameters use. */
const usual = {
  versionNumber: '111',
  field: 'FirstName',
  ext: 'json',
  command: 'activate',
  instanceId: 'alp4aNum3r1c',
  orderBy: 'ascending',
  'X-Callback-URL': 'http://127.0.0.1:9/callback',
  'X-Registering-Institution-ID': 'SANDBOX',
};

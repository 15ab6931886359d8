import type { BlockId } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import { createOperationTable } from '../../../mocks/kit/operation-table.js';
import { createFuzz, createRandom } from '../../app/fuzz-values.js';
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
  readonly requests: number;
  readonly deadlineMs: number;
  /** Sees every answer. */
  readonly watch?: (request: GeneratedRequest, verdict: Verdict) => void;
}

/** Sends generated requests to a block, each operation in turn, and holds every answer against its contract. */
export async function play(options: Play): Promise<Played> {
  const { block, origin, openapi, seed, requests, deadlineMs } = options;
  const fuzz = createFuzz(createRandom(seed));
  const pool = createValuePool();
  for (const [name, of] of Object.entries(options.seeds)) if (name === block || name === 'identity') pool.learn(of, name);
  for (const [name, value] of Object.entries(usual)) pool.learn({ [name]: value });
  const make = createRequestMaker(openapi, fuzz, pool);
  const judge = createJudge(openapi);
  const { operations } = createOperationTable(openapi);
  const wire = createWire(origin, deadlineMs);
  const answered = new Map<string, number>();
  const failures: string[] = [];
  try {
    for (let number = 0; number < requests; number += 1) {
      const request = make(operations[number % operations.length]!);
      try {
        const verdict = judge(request, await wire.send(request));
        const key = `${verdict.operationId ?? '-'} ${verdict.status}`;
        answered.set(key, (answered.get(key) ?? 0) + 1);
        if (verdict.status < 300) pool.learn(verdict.body);
        options.watch?.(request, verdict);
        failures.push(...verdict.wrong.map((why) => told(options, number, request, `${why} (${verdict.status}, ${verdict.rule})`)));
      } catch (error) {
        failures.push(told(options, number, request, error instanceof Error ? error.message : String(error)));
      }
    }
  } finally {
    wire.close();
  }
  return { block, requests, answered, failures };
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

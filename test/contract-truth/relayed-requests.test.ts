import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MockServer } from '../../app/mock-server.js';
import type { MockSeeds } from '../../app/mock-seeds.js';
import { silentLogger } from '../../contracts/logger.js';
import { isJsonObject, type JsonObject } from '../../contracts/json.js';
import { loadOpenApi } from '../../mocks/kit/load-openapi.js';
import { createOperationTable } from '../../mocks/kit/operation-table.js';
import { createFuzz, createRandom } from '../app/fuzz-values.js';
import { hints } from './generate/hints.js';
import { createRequestMaker, type GeneratedRequest } from './generate/make-request.js';
import { createValuePool } from './generate/value-pool.js';
import { createWire, type Wire, type WireAnswer } from './generate/wire.js';
import { readAllSeeds, startBlocks } from './generate/world.js';

const REQUESTS = Number(process.env['GENERATED_RELAYED'] ?? 200);
const SEED = Number(process.env['GENERATED_SEED'] ?? 20_260_105);

let seeds: MockSeeds;
let server: MockServer;
let wire: Wire;
const unexpected: string[] = [];

beforeAll(async () => {
  seeds = await readAllSeeds();
  const error = (fields: object, message?: string): void =>
    void unexpected.push(`${message ?? ''} ${JSON.stringify(fields)}`);
  const servers = await startBlocks(seeds, { ...silentLogger, error }, ['information-mediator']);
  server = servers.get('information-mediator')!;
  wire = createWire(server.origin, 10_000);
}, 60_000);
afterAll(async () => {
  wire.close();
  await server.close();
});

/** Requests to operations of services, from who may and who may not. */
function* requests(): Generator<GeneratedRequest> {
  const pool = createValuePool();
  pool.learn(seeds.seeds);
  const services = seeds.services.filter(({ provider }) => provider.startsWith('SANDBOX/'));
  for (let number = 0; number < REQUESTS; number += 1) {
    const fuzz = createFuzz(createRandom(SEED + number));
    const { provider, code, block, fixed = {}, access } = services[number % services.length]!;
    const openapi = loadOpenApi(import.meta.url, `../../mocks/${block}/openapi.yaml`);
    const made = createRequestMaker(
      openapi,
      fuzz,
      pool,
      hints[block],
    )(fuzz.pick(createOperationTable(openapi).operations));
    // Services of registries fix the registry, and leave it out of their paths.
    const target =
      Object.keys(fixed).length > 0 ? made.target.replace(/^\/data\/[^/]*\/[^/]*/, '') : made.target;
    const client = fuzz.chance(0.8)
      ? fuzz.pick(access).client
      : fuzz.pick(['SANDBOX/GOV/NOBODY/NOTHING', 'a/b', '', 'é/%/a/b', 'SANDBOX/GOV/MSW/USCT/extra']);
    const name = fuzz.chance(0.9)
      ? `${provider}/${code}`
      : fuzz.pick([provider, 'a/b/c/d/e', `${provider}/%00`, '%/%/%/%/%', '__proto__/a/b/c/d']);
    yield { ...made, target: `/r1/${name}${target}`, headers: { ...made.headers, 'x-road-client': client } };
  }
}

/** What is wrong with an answer, whoever gave it. */
function wrongWith({ status, headers, text }: WireAnswer): readonly string[] {
  const rule = headers['x-sandbox-rule'];
  if (rule === undefined) return ['X-Sandbox-Rule is missing'];
  const error = headers['x-road-error'];
  if (error === undefined) {
    const wrong = status >= 500 ? [`status ${status}`] : [];
    // Without a service, `/api/v1/...` is a room of the member's, which the mediator answers itself.
    if (rule === 'no-operation' || rule === 'no-method') return wrong;
    return headers['x-road-request-id'] === undefined ? [...wrong, 'X-Road-Request-Id is missing'] : wrong;
  }
  const body = text === '' ? {} : (JSON.parse(text) as JsonObject);
  const isFault =
    isJsonObject(body) &&
    body['type'] === error &&
    typeof body['message'] === 'string' &&
    typeof body['detail'] === 'string';
  const expected = String(error).startsWith('Client.') ? [400, 401] : [403, 404, 500];
  return [
    ...(isFault || text === '' ? [] : [`no fault of X-Road: ${text.slice(0, 200)}`]),
    ...(expected.includes(status) ? [] : [`status ${status} for ${String(error)}`]),
    ...(/ServiceFailed|NetworkError/.test(String(error))
      ? [`the mediator broke: ${text.slice(0, 200)}`]
      : []),
  ];
}

describe('generated requests over the relay of the mediator', () => {
  it('are delivered or refused in the shape of X-Road, with the rule named', async () => {
    const failures: string[] = [];
    const counts = { relayed: 0, refused: 0 };
    for (const request of requests()) {
      const answer = await wire.send(request);
      counts[answer.headers['x-road-error'] === undefined ? 'relayed' : 'refused'] += 1;
      failures.push(
        ...wrongWith(answer).map(
          (why) =>
            `${why} <= ${request.method} ${request.target.slice(0, 200)} ${JSON.stringify(request.headers)}`,
        ),
      );
    }
    process.stdout.write(`${REQUESTS} requests over the relay (seed ${SEED}): ${JSON.stringify(counts)}\n`);
    expect(failures).toEqual([]);
    expect(unexpected).toEqual([]);
    expect(counts.relayed).toBeGreaterThan(REQUESTS / 10);
    expect(counts.refused).toBeGreaterThan(REQUESTS / 10);
  }, 600_000);
});

/**
 * `npm run memory`: how much memory the sandbox has after 2,000 and after 20,000 small runs that ended, each with a call
 * of a building block through the mediator and a move of its case. Prints figures; exits 1 when the later figure is more
 * than 15 % above the earlier one. Embedded, or on the services that REDIS_URL and MONGODB_URI name.
 * Usage: node --expose-gc --import ./test/contract/typescript-register.mjs test/crash/memory.ts [--first 2000] [--last 20000]
 */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../../app/config.js';
import { startSandbox, type Sandbox } from '../../app/sandbox.js';
import { freePort } from '../../cli/free-port.js';
import { createRealClock } from '../../cli/real-clock.js';
import { DEFAULT_WORKSPACE } from '../../contracts/ids.js';
import { silentLogger } from '../../contracts/logger.js';

const { values } = parseArgs({
  options: { first: { type: 'string', default: '2000' }, last: { type: 'string', default: '20000' } },
});
const [first, last] = [Number(values.first), Number(values.last)];
const MOST_GROWTH = 1.15;
const AT_ONCE = 100;

const manifest = `
id: small
reference: NONE
version: '1.0.0'
title: Small
summary: A small run, again and again.
sdgs: [1]
actors: []
steps: []
client: SANDBOX/GOV/TEST/SMALL
services:
  messaging:
    title: Messages
    provider: SANDBOX/GOV/MDG/MESSAGING
    code: messaging
    block: messaging
    access: [{ client: SANDBOX/GOV/TEST/SMALL, basis: { kind: not-personal } }]
cases:
  small:
    title: Small
    workflow: small
    startedBy: [trainer]
    numberPrefix: SMALL
    states: { initial: opened, final: [closed], transitions: [{ from: [opened], to: closed }] }
defaultScenario: none
locales: [en]
`;
const workflow = `
document: { dsl: '1.0.3', namespace: small, name: small, version: '1.0.0' }
do:
  - prepare: { set: '\${ . + {text: ("x" * 200)} }' }
  - ask:
      call: openapi
      with:
        document: { endpoint: 'govstack://messaging/openapi.json' }
        operationId: sendSingleSms
        parameters: { apiKey: training, body: { recipientInfo: { phone: '+999000000001' }, smsContent: { content: Hello } } }
  - close: { call: 'moveCase:1.0.0@default', with: { state: closed } }
`;

const root = await mkdtemp(join(tmpdir(), 'memory-'));
await mkdir(join(root, 'usecases/small/workflows'), { recursive: true });
await writeFile(join(root, 'usecases/small/use-case.yaml'), manifest);
await writeFile(
  join(root, 'usecases/small/personas.yaml'),
  'personas: [{ id: trainer, name: T, title: T, story: T, roles: [trainer], locale: en }]\n',
);
await writeFile(join(root, 'usecases/small/workflows/small.yaml'), workflow);
const config = readConfig(
  { SANDBOX_KEEP_RUNS: '500', ...process.env },
  { port: await freePort(), dataDir: join(root, 'data') },
);
const sandbox = await startSandbox({
  config,
  logger: silentLogger,
  realClock: createRealClock(),
  useCaseFolder: join(root, 'usecases'),
});
try {
  const before = await runUntil(sandbox, 0, first);
  const after = await runUntil(sandbox, first, last);
  const growth = after.rss / before.rss;
  process.stdout.write(
    `${JSON.stringify({ after: { [first]: before, [last]: after }, growth: Number(growth.toFixed(3)) }, null, 2)}\n`,
  );
  process.exitCode = growth <= MOST_GROWTH ? 0 : 1;
} finally {
  await sandbox.close();
  await rm(root, { recursive: true, force: true });
}

async function runUntil(here: Sandbox, from: number, to: number): Promise<Memory> {
  const { runtime } = here;
  for (let at = from; at < to; at += AT_ONCE) {
    const keys = Array.from({ length: Math.min(AT_ONCE, to - at) }, (_, n) => `k-${at + n}`);
    await Promise.all(
      keys.map((key) =>
        runtime.openCase({
          workspace: DEFAULT_WORKSPACE,
          useCase: 'small',
          kind: 'small',
          key,
          input: { key },
          metadata: {},
        }),
      ),
    );
    while (!(await here.quiet())) await pause(5);
    // As the sandbox does it each minute.
    if ((at / AT_ONCE) % 10 === 9) await runtime.forget();
  }
  await runtime.forget();
  const one = (await runtime.store.runs.find({ limit: 1 }))[0]?.doc;
  if (one?.status !== 'completed') throw new Error(`A run is ${one?.status}: ${one?.error?.detail}`);
  return measure();
}

interface Memory {
  /** Megabytes. */
  readonly rss: number;
  readonly heap: number;
  readonly external: number;
}

async function measure(): Promise<Memory> {
  for (let n = 0; n < 5; n += 1) {
    globalThis.gc?.();
    await pause(200);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
  return { rss: megabytes(rss), heap: megabytes(heapUsed), external: megabytes(external) };
}

/**
 * `npm run soak`: a cohort and several payment cycles while the sandbox is killed again and again, with a payments
 * block that ignores Idempotency-Key and loses answers. Prints figures; exits 1 when a row or a credit is not as it
 * must be. Embedded, or on the services that REDIS_URL, MONGODB_URI and KEYCLOAK_URL name: their default workspace must
 * be empty, or is emptied with --reset.
 * With --workers the kills go round: the server, each worker, and a Redis of its own that the soak starts and restarts.
 * Usage: npm run soak -- [--rows 200] [--kills 20] [--cycles 3] [--seed N] [--reset] [--workers 2] [--own-redis]
 */
import { parseArgs } from 'node:util';
import { createChance, type Chance } from '../../cli/cohort/random.js';
import { playOfficers } from '../../cli/cohort/officers.js';
import { payCycle } from '../../cli/cohort/pay-cycle.js';
import { planOf, runCohort } from '../../cli/cohort/run-cohort.js';
import { openCrashSession, type CrashSession } from './crash-session.js';
import { accountsOff, activeVouchers, creditsPerCycle, readLedger } from './money.js';
import { killAgainAndAgain, type RandomKills, type Victim } from './random-kills.js';
import { startRedis } from './redis-process.js';
import { createWorkerProcess } from './worker-process.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '200' },
    kills: { type: 'string', default: '20' },
    cycles: { type: 'string', default: '3' },
    seed: { type: 'string', default: '2026' },
    reset: { type: 'boolean', default: false },
    workers: { type: 'string', default: '0' },
    'own-redis': { type: 'boolean', default: false },
  },
});
const [rows, kills, cycles, seed] = [values.rows, values.kills, values.cycles, values.seed].map(Number) as [
  number,
  number,
  number,
  number,
];

/** How long it lives between two kills, in milliseconds: while applications run, and while a cycle is paid. */
const LIVES = { applications: [400, 4_000], cycle: [100, 1_800] } as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const redis = values['own-redis'] ? await startRedis() : undefined;
if (redis !== undefined) process.env['REDIS_URL'] = redis.url;
const services = Object.fromEntries(
  ['REDIS_URL', 'MONGODB_URI', 'KEYCLOAK_URL'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

/** What kills at present; it ends with the soak, however that ends. */
let current: RandomKills | undefined;
const begun = performance.now();
const session = await openCrashSession(services);
const workers = Array.from({ length: Number(values.workers) }, (_, index) =>
  createWorkerProcess(`worker ${index + 1}`, {
    ...services,
    SANDBOX_SERVER_URL: session.sandbox.origin,
    PUBLIC_URL: session.sandbox.origin.replace('127.0.0.1', 'localhost'),
  }),
);
const victims: readonly Victim[] = [
  { name: 'server', kill: () => session.sandbox.kill(), start: () => session.sandbox.start() },
  ...workers,
  ...(redis === undefined ? [] : [redis]),
];
try {
  await Promise.all(workers.map((worker) => worker.start()));
  process.exitCode = (await isEmpty(session)) ? await soak(session) : 2;
} catch (error) {
  say(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${session.sandbox.printed()}`,
  );
  process.exitCode = 1;
} finally {
  await current?.stop().catch(() => undefined);
  await Promise.all(workers.map((worker) => worker.stop()));
  await session.close();
  await redis?.stop();
}

async function isEmpty({ access, trainer }: CrashSession): Promise<boolean> {
  if (values.reset) await access.as(trainer).post('/reset');
  const { cases } = await access.as(trainer).get<{ cases: readonly unknown[] }>('/cases?limit=1');
  if (cases.length > 0)
    say(
      'The workspace holds cases already. Use an empty one, or --reset to empty it: everything in it is lost.',
    );
  return cases.length === 0;
}

async function soak({ sandbox, access, useCase, trainer }: CrashSession): Promise<number> {
  const api = access.as(trainer);
  await api.post('/blocks/payments/faults', { kind: 'ignore-idempotency-key' });
  await api.post('/blocks/payments/faults', {
    kind: 'timeout-after-effect',
    operationId: 'handOverBatch',
    times: cycles,
  });
  // Answers that take their time, so that there is something to be killed in.
  await api.post('/blocks/financial-institution/faults', {
    kind: 'latency',
    operationId: 'creditAccounts',
    milliseconds: 300,
  });
  const chance: Chance = createChance(seed);
  const place = { session: access, useCase, trainer };
  const done: RandomKills[] = [];
  const total = (): number => done.reduce((sum, each) => sum + each.count(), 0);
  const killing = (life: readonly [number, number], most: number): RandomKills => {
    const before = total();
    const started = killAgainAndAgain(victims, chance, life, most, (count, victim) =>
      say(`  kill -9, number ${before + count}: ${victim}`),
    );
    done.push(started);
    return started;
  };

  // Half of the kills while applications run, the others spread over the cycles; what one leaves over the next takes.
  const report = await runCohort({
    ...place,
    rows,
    seed,
    write: (line) => {
      say(line);
      if (line.startsWith('The census')) current = killing(LIVES.applications, Math.ceil(kills / 2));
    },
    beforePayment: async () => {
      await current?.stop();
      current = killing(LIVES.cycle, Math.ceil((kills - total()) / cycles));
    },
  });
  await current?.stop();

  const plan = planOf(useCase);
  let told = report.outcomes['paid'] ?? 0;
  let paidCycles = 1;
  // More cycles than asked for when those were over before all kills were done.
  for (; paidCycles < cycles || (total() < kills && paidCycles < 4 * cycles); paidCycles += 1) {
    const name = `${2026 + Math.floor(paidCycles / 6)}-${String((paidCycles % 6) * 2 + 1).padStart(2, '0')}`;
    say(`Cycle ${name} …`);
    const officers = playOfficers(access, plan.payment.answers, trainer);
    const left = Math.max(1, cycles - paidCycles);
    const kill = killing(LIVES.cycle, Math.ceil((kills - total()) / left));
    try {
      const { facts } = await payCycle(place, plan, officers, { programme: 'usct', cycle: name });
      told += Number(facts['paid']);
    } finally {
      await kill.stop();
      await officers.stop();
    }
  }

  const entries = await readLedger(access, trainer);
  const counts = [...creditsPerCycle(entries).values()];
  const off = await accountsOff(access, trainer, entries);
  const restarts = done
    .flatMap((each) => each.restarts())
    .sort((one, other) => one.milliseconds - other.milliseconds);
  const figures = {
    profile: Object.keys(services).length === 0 ? 'embedded' : Object.keys(services).join(', '),
    rows,
    asExpected: report.asExpected,
    rowsThatDiffer: report.differences.length,
    workers: workers.length,
    cycles: paidCycles,
    kills: restarts.length,
    runsRecovered: sandbox.recovered(),
    restartMilliseconds: {
      median: restarts[Math.floor(restarts.length / 2)]?.milliseconds,
      slowest: restarts.at(-1),
    },
    paid: told,
    credits: entries.length,
    vouchers: await activeVouchers(access, trainer),
    doubles: counts.filter((count) => count > 1).length,
    accountsThatDoNotAddUp: off.length,
    seconds: Math.round((performance.now() - begun) / 1000),
  };
  say(`\n${JSON.stringify(figures, null, 2)}`);
  const good =
    figures.asExpected &&
    figures.doubles === 0 &&
    figures.credits + figures.vouchers === figures.paid &&
    off.length === 0 &&
    figures.kills >= kills;
  say(good ? 'Nobody was paid twice, and nobody was forgotten.' : 'NOT as it must be.');
  return good ? 0 : 1;
}

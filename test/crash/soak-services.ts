/**
 * `npm run soak:services`: the USCT cohort on the whole services profile as processes of this machine (Redis, a
 * MongoDB-compatible server, Keycloak, the building blocks, one server, workers), each of them killed or restarted in
 * turn meanwhile. Prints figures; exits 1 when a row or a credit is not as it must be.
 * Each is ended as kill -9 does it, but MongoDB: the server for tests is told to stop and waited for, as for an orderly
 * restart. --kill-mongo kills it as well, where it is a real mongod (SANDBOX_MONGO_SERVER=mongod).
 * With --kills 0 it measures: rows per second, and the processor time that each process took for a row.
 * Usage: npm run soak:services -- [--rows 10000] [--workers 2] [--kills 12] [--seed N] [--no-keycloak] [--kill-mongo] [--json FILE]
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openTopology } from './topology.js';
import { soakServices } from './soak-topology.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000' },
    workers: { type: 'string', default: '2' },
    kills: { type: 'string', default: '12' },
    seed: { type: 'string', default: '2026' },
    'no-keycloak': { type: 'boolean', default: false },
    'kill-mongo': { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const begun = performance.now();
const topology = await openTopology({
  workers: Number(values.workers),
  keycloak: !values['no-keycloak'],
  killMongo: values['kill-mongo'],
});
say(
  `Up after ${Math.round((performance.now() - begun) / 1000)} s: ${topology.all.map(({ name }) => name).join(', ')}.`,
);
try {
  const figures = await soakServices(topology, {
    rows: Number(values.rows),
    kills: Number(values.kills),
    seed: Number(values.seed),
    write: say,
  });
  const text = JSON.stringify(figures, null, 2);
  say(`\n${text}`);
  if (values.json !== undefined) await writeFile(values.json, text);
  say(figures.good ? 'Nobody was paid twice, and nobody was forgotten.' : 'NOT as it must be.');
  process.exitCode = figures.good ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  for (const one of topology.all) say(`--- ${one.name}\n${one.printed().slice(-3000)}`);
  process.exitCode = 1;
} finally {
  await topology.close();
}

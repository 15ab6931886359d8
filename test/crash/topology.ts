import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadUseCases } from '../../app/read-use-cases.js';
import { createAccess, type Access } from '../../cli/access.js';
import { freePort } from '../../cli/free-port.js';
import { trainerOf } from '../../cli/session.js';
import { createKeycloakProcess } from './keycloak-process.js';
import { createMongoProcess } from './mongo-process.js';
import { createPatientFetch } from './patient-fetch.js';
import { redisAnswers, REDIS_SETTINGS } from './redis-process.js';
import { answersAt, createServiceProcess, type ServiceProcess } from './service-process.js';

/**
 * The services profile as `infra/compose/compose.yaml` lays it out, as processes of this machine: Redis, a
 * MongoDB-compatible server, Keycloak, the building blocks, one server for HTTP, and workers. Each can be killed.
 */
export interface Topology {
  readonly access: Access;
  readonly useCase: Awaited<ReturnType<typeof loadUseCases>>[number];
  readonly trainer: string;
  readonly redis: ServiceProcess;
  readonly mongo: ServiceProcess;
  /** Absent: the embedded provider serves the realm. */
  readonly keycloak: ServiceProcess | undefined;
  readonly blocks: ServiceProcess;
  readonly server: ServiceProcess;
  readonly workers: readonly ServiceProcess[];
  readonly all: readonly ServiceProcess[];
  close(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'dist/cli/main.js');
/** How long the server may be away before a request to it fails. */
const PATIENCE_MS = 600_000;

export async function openTopology(options: {
  readonly workers: number;
  readonly keycloak: boolean;
  /** MongoDB is killed instead of being restarted in an orderly way: only a real one survives that. */
  readonly killMongo?: boolean;
  readonly logLevel?: string;
}): Promise<Topology> {
  const useCase = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct');
  if (useCase === undefined) throw new Error('there is no use case usct');
  const folder = await mkdtemp(join(tmpdir(), 'topology-'));
  const [redisPort, mongoPort, keycloakPort, blocksPort, serverPort] = await Promise.all(
    Array.from({ length: 5 }, freePort),
  );
  const redisUrl = `redis://127.0.0.1:${redisPort}`;
  const origin = `http://127.0.0.1:${serverPort}`;
  const publicUrl = `http://localhost:${serverPort}`;
  const redis = createServiceProcess({
    name: 'Redis',
    command: 'redis-server',
    args: ['--bind', '127.0.0.1', '--port', String(redisPort), '--dir', folder, ...REDIS_SETTINGS],
    ready: () => redisAnswers(redisUrl),
  });
  const mongo = createMongoProcess({
    port: Number(mongoPort),
    folder: join(folder, 'mongo'),
    killed: options.killMongo === true,
  });
  const keycloak = options.keycloak
    ? createKeycloakProcess({
        port: Number(keycloakPort),
        folder: join(folder, 'keycloak'),
        realmFile: await writeRealm(folder),
        publicUrl,
      })
    : undefined;
  const shared = {
    REDIS_URL: redisUrl,
    MONGODB_URI: mongo.uri,
    PUBLIC_URL: publicUrl,
    SANDBOX_SERVER_URL: origin,
    LOG_LEVEL: options.logLevel ?? 'error',
    ...(keycloak === undefined ? {} : { KEYCLOAK_URL: keycloak.url }),
  };
  const node = (
    name: string,
    args: readonly string[],
    more: object,
    ready: (said: string) => Promise<boolean>,
  ): ServiceProcess =>
    createServiceProcess({
      name,
      command: process.execPath,
      args: [MAIN, ...args],
      variables: { ...shared, ...more },
      ready,
    });
  const saysReady = (said: string): Promise<boolean> => Promise.resolve(said.includes('"ready"'));
  const blocks = node('building blocks', ['blocks', '--json'], { PORT: String(blocksPort) }, saysReady);
  const blocksUrl = { SANDBOX_BLOCKS_URL: `http://127.0.0.1:${blocksPort}` };
  const server = node(
    'server',
    ['up', '--port', String(serverPort), '--data', join(folder, 'data'), '--no-demo'],
    blocksUrl,
    () => answersAt(`${origin}/ready`),
  );
  const workers = Array.from({ length: options.workers }, (_, index) =>
    node(`worker ${index + 1}`, ['worker', '--json'], {}, saysReady),
  );
  const all = [redis, mongo, ...(keycloak === undefined ? [] : [keycloak]), blocks, server, ...workers];
  const close = async (): Promise<void> => {
    for (const one of [...all].reverse()) await one.stop().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(
      [redis, mongo, ...(keycloak === undefined ? [] : [keycloak])].map((one) => one.start()),
    );
    await blocks.start();
    await server.start();
    await Promise.all(workers.map((one) => one.start()));
  } catch (error) {
    await close();
    throw error;
  }
  const access = createAccess({
    origin,
    realmOrigin: keycloak?.url,
    request: createPatientFetch(PATIENCE_MS),
  });
  const trainer = trainerOf(useCase.personas);
  return { access, useCase, trainer, redis, mongo, keycloak, blocks, server, workers, all, close };
}

/** The realm with all people of the use cases, as Keycloak imports it. */
async function writeRealm(folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    'sh',
    ['-c', 'node dist/infra/keycloak/write-import.js infra/keycloak/realm.json usecases/*/personas.yaml'],
    { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 },
  );
  const file = join(folder, 'realm.json');
  await writeFile(file, stdout);
  return file;
}

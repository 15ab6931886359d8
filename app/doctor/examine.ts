import { API_AUDIENCE } from '../../contracts/identity.js';
import { silentLogger } from '../../contracts/logger.js';
import { SandboxError } from '../../contracts/problems.js';
import type { SandboxConfig } from '../config.js';
import { ownVersion, presentProcesses } from '../presence.js';
import { good, problem, type Finding } from './finding.js';
import { lookAtKeycloak } from './keycloak.js';
import { judgeMachine, lookAtMachine } from './machine.js';
import { judgeProcesses } from './processes.js';
import { judgeKeycloak, judgeMongo, judgeRedis } from './services.js';

/** Whether this machine, and the services that the configuration names, can carry the sandbox. Changes nothing. */
export async function examine(
  config: SandboxConfig,
  environment: NodeJS.ProcessEnv,
): Promise<readonly Finding[]> {
  const { redisUrl, mongodbUri, keycloakUrl, blocksUrl, dataDir } = config;
  const allOnServices = redisUrl !== undefined && mongodbUri !== undefined;
  const machine = lookAtMachine({
    port: config.port,
    host: config.host,
    ...(allOnServices ? {} : { dataDir }),
  });
  return [
    ...judgeMachine(await machine),
    ...(redisUrl === undefined
      ? [good('Queue and journal', 'embedded')]
      : await onService('Redis', () => redis(redisUrl))),
    ...(mongodbUri === undefined
      ? [good('Documents', 'embedded')]
      : await onService('MongoDB', () => mongo(mongodbUri))),
    ...(keycloakUrl === undefined
      ? [good('Identity', 'embedded')]
      : await onService('Keycloak', async () =>
          judgeKeycloak(
            await lookAtKeycloak({
              url: keycloakUrl,
              insideUrl: config.keycloakInternalUrl ?? keycloakUrl,
              environment,
            }),
            API_AUDIENCE,
          ),
        )),
    ...(blocksUrl === undefined ? [] : await onService('Building blocks', () => blocks(blocksUrl))),
  ];
}

/** A service that does not answer is a finding as well: the others are looked at all the same. */
async function onService(what: string, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    return [problem(what, error.detail, error.fix)];
  }
}

async function redis(url: string): Promise<readonly Finding[]> {
  const { redisFacts } = await import('../../infra/redis/server-facts.js');
  return judgeRedis(await redisFacts(url));
}

async function mongo(uri: string): Promise<readonly Finding[]> {
  const { mongoFacts } = await import('../../infra/documents/mongo/server-facts.js');
  const { createMongoDocuments } = await import('../../infra/documents/mongo/mongo-documents.js');
  const facts = await mongoFacts(uri);
  const documents = await createMongoDocuments({ uri, logger: silentLogger });
  try {
    const present = await presentProcesses(documents, new Date());
    return [...judgeMongo(facts), ...(present.length === 0 ? [] : judgeProcesses(present, ownVersion()))];
  } finally {
    await documents.close();
  }
}

async function blocks(url: string): Promise<readonly Finding[]> {
  const answers = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
  return [
    answers
      ? good('Building blocks', `a process of their own at ${url}`)
      : problem(
          'Building blocks',
          `SANDBOX_BLOCKS_URL names ${url}, where nobody answers`,
          'Start them: sandbox blocks.',
        ),
  ];
}

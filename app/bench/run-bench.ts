import { availableParallelism, cpus } from 'node:os';
import { startOwnRedis } from '../../infra/redis/own-server.js';
import { redisFacts } from '../../infra/redis/server-facts.js';
import { startAnswering } from './answering.js';
import { measureExpressions } from './expression-suite.js';
import { measureBlocks } from './blocks-suite.js';
import type { SuiteReport } from './figure.js';
import { measureMap } from './map-suite.js';
import { measureWorkflows, type SuiteOptions } from './workflow-suite.js';

export type Profile = 'embedded' | 'services';

export interface BenchOptions {
  readonly runs: number;
  readonly profile: Profile;
  /** REDIS_URL; without it a redis-server is started where one is installed. */
  readonly redisUrl?: string | undefined;
  /** MONGODB_URI; without it the documents of the services profile lie in the embedded database. */
  readonly mongoUri?: string | undefined;
  /** Workflows of one run, and items of the map; less for a quick look. */
  readonly size?:
    { readonly workflows: number; readonly items: number; readonly requests: number } | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** A port that nobody uses now. */
  readonly freePort: () => Promise<number>;
  readonly tell: (line: string) => void;
}

export interface MachineFacts {
  readonly cores: number;
  readonly processor: string;
  readonly node: string;
}

export function machineFacts(): MachineFacts {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.versions.node,
  };
}

type Suite = (options: BenchOptions) => Promise<readonly SuiteReport[]>;

/** The measurements of the runtime by itself; the one of a whole use case lies with the command line. */
export const suites: Readonly<Record<'workflows' | 'map' | 'expressions' | 'blocks', Suite>> = {
  workflows: (options) =>
    onStorage(options, 'workflows', ['always', 'everysec'], (suite) =>
      measureWorkflows(suite, options.size?.workflows),
    ),
  map: (options) => onStorage(options, 'map', ['always'], (suite) => measureMap(suite, options.size?.items)),
  expressions: async ({ runs }) => [await measureExpressions(runs)],
  blocks: async (options) => [await measureBlocks(options, options.size?.requests)],
};

/** Runs a suite on the storage of the profile; on a Redis of its own, once for each policy of writing to the disk. */
async function onStorage(
  options: BenchOptions,
  suite: string,
  policies: readonly ('always' | 'everysec')[],
  measure: (options: SuiteOptions) => Promise<SuiteReport>,
): Promise<readonly SuiteReport[]> {
  const { runs, profile, redisUrl, mongoUri, tell } = options;
  const answering = await startAnswering();
  try {
    const common = { runs, url: answering.url };
    if (profile === 'embedded')
      return [await measure({ ...common, setting: 'embedded profile, in a temporary folder' })];
    if (redisUrl !== undefined) {
      tell(`${suite}: on the Redis of REDIS_URL`);
      return [await measure({ ...common, redisUrl, mongoUri, setting: await settingOf(redisUrl) })];
    }
    const reports: SuiteReport[] = [];
    for (const policy of policies) {
      const own = await startOwnRedis(policy);
      if (own === undefined) return [notInstalled(suite)];
      tell(`${suite}: on a redis-server of its own, appendfsync ${policy}`);
      try {
        const setting = await settingOf(own.url);
        reports.push(await measure({ ...common, redisUrl: own.url, mongoUri, setting }));
      } finally {
        await own.close();
      }
    }
    return reports;
  } finally {
    await answering.close();
  }
}

async function settingOf(url: string): Promise<string> {
  const { version, appendfsync } = await redisFacts(url);
  return `services profile, Redis ${version}, appendfsync ${appendfsync}`;
}

function notInstalled(suite: string): SuiteReport {
  return {
    suite,
    on: 'services profile',
    figures: [],
    skipped: 'redis-server is not installed, and REDIS_URL is not set',
  };
}

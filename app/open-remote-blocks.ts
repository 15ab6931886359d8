import type { Digest } from '../contracts/digest.js';
import { SandboxError } from '../contracts/problems.js';
import type { MovableClocks } from '../orchestrator/workspaces/workspace-clocks.js';
import type { SandboxConfig } from './config.js';
import { createRemoteBlocks, type RemoteBlocks } from './remote-blocks.js';

/** The building blocks of another process, when SANDBOX_BLOCKS_URL names one; it shares our stores, so they must be services. */
export function openRemoteBlocks(
  config: SandboxConfig,
  digest: Digest,
  clocks: MovableClocks,
): RemoteBlocks | undefined {
  const { blocksUrl, redisUrl, mongodbUri } = config;
  if (blocksUrl === undefined) return undefined;
  if (redisUrl === undefined || mongodbUri === undefined)
    throw new SandboxError('GSB-CFG-001', {
      detail:
        'SANDBOX_BLOCKS_URL: building blocks in a process of their own share the stores, so REDIS_URL and MONGODB_URI must name them.',
    });
  return createRemoteBlocks({ url: blocksUrl, key: digest.keyed('workers'), clocks });
}

import { workspaceIdSchema } from '../../contracts/ids.js';
import type { Journal, Subscription } from '../../contracts/journal.js';
import { isJsonObject } from '../../contracts/json.js';
import type { Logger } from '../../contracts/logger.js';
import type { MovableClocks } from './workspace-clocks.js';

const LOG = '/log';

/** Notices what other processes do to the clocks of the workspaces: they tell their logs, and the logs are followed. */
export function followClocks(deps: {
  readonly journal: Pick<Journal, 'follow'>;
  readonly clocks: Pick<MovableClocks, 'refresh'>;
  readonly logger: Logger;
}): Promise<Subscription> {
  const { journal, clocks, logger } = deps;
  return journal.follow(
    ({ stream, event }) => {
      const type = isJsonObject(event) ? event['type'] : undefined;
      if (typeof type !== 'string' || !(type.startsWith('clock.') || type.startsWith('workspace.'))) return;
      const workspace = workspaceIdSchema.parse(stream.slice(0, -LOG.length));
      clocks.refresh(workspace).catch((error: unknown) => {
        logger.error({ workspace, err: error }, 'the clock of a workspace could not be read again');
      });
    },
    // One follower for all: on Redis each has a connection of its own.
    { streamSuffix: LOG },
  );
}

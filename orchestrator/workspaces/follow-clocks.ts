import type { WorkspaceId } from '../../contracts/ids.js';
import type { Journal, Subscription } from '../../contracts/journal.js';
import { isJsonObject } from '../../contracts/json.js';
import type { Logger } from '../../contracts/logger.js';
import { streams } from '../../contracts/streams.js';
import type { MovableClocks } from './workspace-clocks.js';

/** Notices what other processes do to the clock of a workspace: they tell its log, and the log is followed. */
export function followClock(
  deps: {
    readonly journal: Pick<Journal, 'follow'>;
    readonly clocks: MovableClocks;
    readonly logger: Logger;
  },
  workspace: WorkspaceId,
): Promise<Subscription> {
  const { journal, clocks, logger } = deps;
  return journal.follow(
    ({ event }) => {
      const type = isJsonObject(event) ? event['type'] : undefined;
      if (typeof type !== 'string' || !(type.startsWith('clock.') || type === 'workspace.reset')) return;
      clocks.refresh(workspace).catch((error: unknown) => {
        logger.error({ workspace, err: error }, 'the clock of a workspace could not be read again');
      });
    },
    { streamPrefix: streams.log(workspace) },
  );
}

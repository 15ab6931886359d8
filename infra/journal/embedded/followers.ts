import type { FollowedRecord, Subscription } from '../../../contracts/journal.js';
import type { Logger } from '../../../contracts/logger.js';
import type { EmbeddedDatabase } from '../../embedded/database.js';
import { deliver } from '../deliver.js';
import { type JournalRow, toFollowed } from './rows.js';

/**
 * Followers of the embedded journal. Appends come from this process only, so they are handed on directly; a
 * follower with a cursor first reads what it missed, while new records wait for it.
 */
export interface Followers {
  readonly publish: (row: JournalRow) => void;
  follow(
    listener: (record: FollowedRecord) => void,
    options: {
      readonly fromPosition?: string;
      readonly streamPrefix?: string;
      readonly streamSuffix?: string;
    },
  ): Promise<Subscription>;
  close(): Promise<void>;
}

const PAGE = 500;

interface Follower {
  readonly offer: (row: JournalRow) => void;
  readonly close: () => void;
  readonly caughtUp: Promise<void>;
}

export function createFollowers(database: EmbeddedDatabase, logger: Logger): Followers {
  const followers = new Set<Follower>();

  function add(
    listener: (record: FollowedRecord) => void,
    isWanted: (stream: string) => boolean,
    from: number | undefined,
  ): Follower {
    let open = true;
    let last = from ?? 0;
    // Rows appended while the follower still reads the past; undefined once it has caught up.
    let held: JournalRow[] | undefined = from === undefined ? undefined : [];

    function hand(row: JournalRow): void {
      if (!open || row.position <= last) return;
      last = row.position;
      if (isWanted(row.stream)) deliver(listener, toFollowed(row), logger);
    }

    async function catchUp(): Promise<void> {
      for (let full = held !== undefined; full && open;) {
        const { rows } = await database.query<JournalRow>(
          `SELECT stream, seq, position, event, payload FROM sandbox.journal
           WHERE position > $1 ORDER BY position LIMIT ${PAGE}`,
          [last],
        );
        for (const row of rows) hand(row);
        full = rows.length === PAGE;
      }
      const waiting = held ?? [];
      held = undefined;
      waiting.forEach(hand);
    }

    const follower: Follower = {
      offer: (row) => {
        if (held) held.push(row);
        else hand(row);
      },
      close: () => {
        open = false;
        followers.delete(follower);
      },
      caughtUp: catchUp().catch((error: unknown) => {
        if (open) logger.error({ err: error }, 'a journal follower could not read what it missed');
      }),
    };
    followers.add(follower);
    return follower;
  }

  return {
    publish: (row) => {
      for (const follower of followers) follower.offer(row);
    },
    follow: (listener, { fromPosition, streamPrefix = '', streamSuffix = '' }) => {
      const from = fromPosition === undefined ? undefined : Number(fromPosition);
      const follower = add(
        listener,
        (stream) => stream.startsWith(streamPrefix) && stream.endsWith(streamSuffix),
        from,
      );
      return Promise.resolve({
        close: async () => {
          follower.close();
          await follower.caughtUp;
        },
      });
    },
    close: async () => {
      const all = [...followers];
      for (const follower of all) follower.close();
      await Promise.all(all.map(({ caughtUp }) => caughtUp));
    },
  };
}

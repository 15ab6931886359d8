import type { FollowedRecord, Journal } from '../../../contracts/journal.js';
import { type Logger, silentLogger } from '../../../contracts/logger.js';
import { isStorableText, prefixEnd } from '../../documents/indexing.js';
import { combine } from '../../combine.js';
import type { EmbeddedDatabase } from '../../embedded/database.js';
import { createMutex } from '../../embedded/mutex.js';
import { guardPort, isDatabaseAway } from '../../store-guard.js';
import { createAppender } from './appender.js';
import { createFollowers } from './followers.js';
import { type JournalRow, readVersions, toRecord } from './rows.js';

export interface EmbeddedJournalOptions {
  readonly database: EmbeddedDatabase;
  readonly logger?: Logger;
}

/** The journal in the embedded database. Closing it ends its followers; the database stays open. */
export function createEmbeddedJournal({ database, logger = silentLogger }: EmbeddedJournalOptions): Journal {
  const followers = createFollowers(database, logger);
  const appender = createAppender(database, followers.publish);
  // Keeps appends and removals of streams apart, as the versions at hand need it.
  const turns = createMutex();
  const append = combine((appends: Parameters<typeof appender.appendAll>[0]) =>
    turns.run(() => appender.appendAll(appends)),
  );

  return guardPort('journal', isDatabaseAway, {
    append: async (stream, expectedVersion, entries) => {
      if (!isStorableText(stream))
        throw new Error('the name of a stream must not hold U+0000 or half surrogate pairs');
      return append({ stream, expectedVersion, entries });
    },
    read: async (stream, { after = 0, limit } = {}) => {
      const { rows } = await database.query<JournalRow>(
        `SELECT seq, event, payload FROM sandbox.journal WHERE stream = $1 AND seq > $2 ORDER BY seq
         ${limit === undefined ? '' : `LIMIT ${Math.trunc(limit)}`}`,
        [stream, after],
      );
      return rows.map(toRecord);
    },
    version: async (stream) => {
      const { rows } = await database.query<{ version: number }>(
        'SELECT coalesce(max(seq), 0) AS version FROM sandbox.journal WHERE stream = $1',
        [stream],
      );
      return rows[0]?.version ?? 0;
    },
    versions: async (streams) => {
      const versions = await readVersions(database, streams);
      return streams.map((stream) => versions.get(stream) ?? 0);
    },
    streams: async (streamPrefix) => {
      const end = prefixEnd(streamPrefix);
      const { rows } = await database.query<{ stream: string }>(
        `SELECT DISTINCT stream COLLATE "C" AS stream FROM sandbox.journal
         WHERE stream >= $1 ${end === undefined ? '' : 'AND stream < $2'} ORDER BY 1`,
        end === undefined ? [streamPrefix] : [streamPrefix, end],
      );
      return rows.map(({ stream }) => stream);
    },
    follow: async (listener: (record: FollowedRecord) => void, options = {}) =>
      followers.follow(listener, options),
    erasePayloads: async (stream, seqs) => {
      await database.query(
        `UPDATE sandbox.journal SET payload = NULL WHERE stream = $1 AND payload IS NOT NULL
         ${seqs === undefined ? '' : 'AND seq = ANY($2::int[])'}`,
        seqs === undefined ? [stream] : [stream, seqs],
      );
    },
    deleteByPrefix: async (streamPrefix) => {
      const end = prefixEnd(streamPrefix);
      await turns.run(async () => {
        appender.forget();
        await database.query(
          `DELETE FROM sandbox.journal WHERE stream >= $1 ${end === undefined ? '' : 'AND stream < $2'}`,
          end === undefined ? [streamPrefix] : [streamPrefix, end],
        );
      });
    },
    remove: async (streams) => {
      await turns.run(async () => {
        appender.forget();
        await database.query('DELETE FROM sandbox.journal WHERE stream = ANY($1::text[])', [streams]);
      });
    },
    close: async () => {
      await followers.close();
    },
  } satisfies Journal);
}

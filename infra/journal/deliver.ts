import type { FollowedRecord } from '../../contracts/journal.js';
import type { Logger } from '../../contracts/logger.js';

/** Hands a record to a follower; a follower that throws is reported and misses nothing else. */
export function deliver(
  listener: (record: FollowedRecord) => void,
  record: FollowedRecord,
  logger: Logger,
): void {
  try {
    listener(record);
  } catch (error) {
    logger.error({ err: error, stream: record.stream, seq: record.seq }, 'a journal follower failed');
  }
}

import type { Json } from './json.js';

/**
 * The journal port: append-only streams of entries. A run's stream is the truth about the run; everything
 * else is derived from it. The version (number of entries) is the fence: a writer that appends with a stale
 * version gets `conflict` and must stop. An append that returned is durable: kill -9 does not lose it.
 *
 * `event` is public and holds references only. `payload` lies apart and can be erased without touching events.
 * Neither is reordered or re-typed in storage: what is read equals what was written, including U+0000 in strings.
 */
export interface JournalEntry {
  readonly event: Json;
  readonly payload?: Json;
}

export interface JournalRecord extends JournalEntry {
  /** 1-based, without gaps within its stream. */
  readonly seq: number;
}

/** A record as `follow` reports it. `position` orders all streams of one journal and is the resume cursor. */
export interface FollowedRecord extends JournalRecord {
  readonly stream: string;
  readonly position: string;
}

export type AppendResult =
  | { readonly kind: 'appended'; readonly version: number }
  | { readonly kind: 'conflict'; readonly version: number };

export interface ReadOptions {
  /** Records with a seq greater than this one. */
  readonly after?: number;
  readonly limit?: number;
}

export interface Subscription {
  close(): Promise<void>;
}

export interface Journal {
  /** Appends all entries or none. `'any'` appends at the end whatever the version is. */
  append(
    stream: string,
    expectedVersion: number | 'any',
    entries: readonly JournalEntry[],
  ): Promise<AppendResult>;
  read(stream: string, options?: ReadOptions): Promise<readonly JournalRecord[]>;
  /** Number of entries in the stream; 0 when it does not exist. */
  version(stream: string): Promise<number>;
  /** The same for many streams at once, in their order. */
  versions(streams: readonly string[]): Promise<readonly number[]>;
  /** Names of the streams that begin so and hold anything, in order. */
  streams(streamPrefix: string): Promise<readonly string[]>;
  /**
   * Calls `listener` for every record appended after `fromPosition` (from now on, when absent), in order of
   * position, without gaps, also for appends by other processes. Payloads are included. Of many streams only those that
   * begin with `streamPrefix` and end with `streamSuffix`.
   */
  follow(
    listener: (record: FollowedRecord) => void,
    options?: {
      readonly fromPosition?: string;
      readonly streamPrefix?: string;
      readonly streamSuffix?: string;
    },
  ): Promise<Subscription>;
  /** Erases the payloads of a stream, or those of these entries only (the events stay). */
  erasePayloads(stream: string, seqs?: readonly number[]): Promise<void>;
  /** Removes whole streams by prefix: the reset of a workspace. */
  deleteByPrefix(streamPrefix: string): Promise<void>;
  /** Removes these streams and no others; those that do not exist are passed over. */
  remove(streams: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

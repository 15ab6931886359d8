/** Names of the journal's keys; see scripts.ts for what they hold. */
export interface JournalKeys {
  readonly streams: string;
  readonly log: string;
  /** Position at which the log begins since it was last cut. */
  readonly trimmed: string;
  events(stream: string): string;
  payloads(stream: string): string;
  /** In the order in which the scripts take them. */
  all(stream: string): readonly [string, string, string, string];
}

export function createJournalKeys(prefix: string): JournalKeys {
  const streams = `${prefix}streams`;
  const log = `${prefix}log`;
  const events = (stream: string): string => `${prefix}e:${stream}`;
  const payloads = (stream: string): string => `${prefix}p:${stream}`;
  return {
    streams,
    log,
    trimmed: `${prefix}trimmed`,
    events,
    payloads,
    all: (stream) => [events(stream), payloads(stream), streams, log],
  };
}

import type { JsonObject } from '../../../contracts/json.js';
import { inWorkspace } from '../model/place.js';

export interface StreamMessage {
  /** `run/<id>`, `log`, `exchanges`. */
  readonly stream: string;
  readonly seq: number;
  readonly event: JsonObject;
}

export type StreamState = 'connecting' | 'live' | 'lost';

export interface StreamListener {
  /** The connection stands; what happened before it may have been missed. */
  readonly onOpen: () => void;
  /** Bursts come together, so that a page renders once for many events. */
  readonly onBatch: (messages: readonly StreamMessage[]) => void;
  readonly onState: (state: StreamState) => void;
  /** The server refused the stream: the session may be over. */
  readonly onRefused: () => void;
}

const BATCH_MS = 80;
const AGAIN_MS = 3_000;
/** A browser allows six connections to one host: a tab that nobody looks at gives its own back. */
const HIDDEN_MS = 60_000;

/** Follows `/api/v1/stream`. After a break it goes on behind the last event that arrived. Returns how to stop. */
export function openEventStream(
  query: Readonly<Record<string, string>>,
  listener: StreamListener,
): () => void {
  let source: EventSource | undefined;
  let last: string | undefined;
  let pending: StreamMessage[] = [];
  let flushing: ReturnType<typeof setTimeout> | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const flush = (): void => {
    flushing = undefined;
    const messages = pending;
    pending = [];
    listener.onBatch(messages);
  };
  const disconnect = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    source?.close();
    source = undefined;
  };
  const connect = (): void => {
    disconnect();
    listener.onState('connecting');
    const parameters = new URLSearchParams({ ...query, ...(last === undefined ? {} : { after: last }) });
    source = new EventSource(inWorkspace(`/api/v1/stream?${parameters.toString()}`));
    source.onopen = () => {
      listener.onState('live');
      listener.onOpen();
    };
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      last = lastEventId;
      pending.push(JSON.parse(data) as StreamMessage);
      flushing ??= setTimeout(flush, BATCH_MS);
    };
    source.onerror = () => {
      listener.onState('lost');
      // A connection that broke is taken up again by the browser; one that was refused is not.
      if (source?.readyState !== EventSource.CLOSED) return;
      listener.onRefused();
      waiting ??= setTimeout(connect, AGAIN_MS);
    };
  };
  const onVisibility = (): void => {
    if (document.visibilityState === 'visible') {
      clearTimeout(waiting);
      waiting = undefined;
      if (source === undefined || source.readyState === EventSource.CLOSED) connect();
    } else {
      clearTimeout(waiting);
      waiting = setTimeout(disconnect, HIDDEN_MS);
    }
  };
  document.addEventListener('visibilitychange', onVisibility);
  connect();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    clearTimeout(flushing);
    disconnect();
  };
}

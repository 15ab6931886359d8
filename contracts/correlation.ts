/**
 * The correlation id: one name for everything that comes of one request, from the browser to the building blocks, also in
 * runs that go on much later in another process. It names no person and proves nothing.
 */
export const CORRELATION_HEADER = 'x-correlation-id';
/** W3C Trace Context, section 3.2: version, trace id, parent id, flags. */
export const TRACE_HEADER = 'traceparent';

/** What is being worked on just now belongs to which request. */
export interface Correlation {
  current(): string | undefined;
  /** Does the work, and all that comes of it, under this id; undefined leaves it as it is. */
  within<T>(id: string | undefined, work: () => T): T;
}

/** Where nobody keeps track. */
export const noCorrelation: Correlation = {
  current: () => undefined,
  within: (_id, work) => work(),
};

const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;
const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/;
const traceId = /^[0-9a-f]{32}$/;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const zeros = /^0+$/;

/** Other than in UUIDs and trace ids, no long number may be in it: a phone or account number has no business in a log. */
export function isCorrelationId(text: string): boolean {
  if (traceId.test(text) || uuid.test(text)) return true;
  return wellFormed.test(text) && !/\d{7}/.test(text);
}

/**
 * What a request says about itself: `X-Correlation-ID` first, then the trace id of `traceparent`. Undefined where
 * neither is there or well formed: then the front door makes a new one.
 */
export function readCorrelation(headerOf: (name: string) => string | undefined): string | undefined {
  const own = headerOf(CORRELATION_HEADER);
  if (own !== undefined && isCorrelationId(own)) return own;
  const [, trace, parent] = traceparent.exec(headerOf(TRACE_HEADER) ?? '') ?? [];
  if (trace === undefined || parent === undefined) return undefined;
  return zeros.test(trace) || zeros.test(parent) ? undefined : trace;
}

/** The headers that carry it on. A trace id travels as `traceparent` too, whose parent id is the beginning of the trace. */
export function correlationHeaders(id: string | undefined): Readonly<Record<string, string>> {
  if (id === undefined) return {};
  const parent = id.slice(0, 16);
  return {
    [CORRELATION_HEADER]: id,
    ...(traceId.test(id) && !zeros.test(parent) ? { [TRACE_HEADER]: `00-${id}-${parent}-01` } : {}),
  };
}

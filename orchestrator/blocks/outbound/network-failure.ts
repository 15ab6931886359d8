import { OutboundError, outboundErrorIn, shown } from './outbound-error.js';

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name could not be resolved',
  EHOSTUNREACH: 'the host is not reachable',
  ENETUNREACH: 'the network is not reachable',
  EPIPE: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_HEADERS_OVERFLOW: 'its headers are too large',
};

/** What a failed request means for the workflow: no answer is `communication` 503, a passed deadline `timeout` 408. */
export function failureOf(error: unknown, url: URL, signal: AbortSignal): OutboundError {
  const known = outboundErrorIn(error);
  if (known !== undefined) return known;
  if (signal.aborted)
    return new OutboundError('timeout', `${shown(url)} did not answer in time.`, { cause: error });
  const code = codeOf(error);
  const why =
    REASONS[code ?? ''] ?? (code === undefined ? 'the request failed' : `the request failed (${code})`);
  return new OutboundError('communication', `${shown(url)} did not answer: ${why}.`, {
    status: 503,
    cause: error,
  });
}

/** Node joins the failures of several addresses (IPv4, IPv6) in one error. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, errors, cause } = error as Readonly<Record<string, unknown>>;
  if (Array.isArray(errors)) {
    const inner = errors.map(codeOf).find((one) => one !== undefined);
    if (inner !== undefined) return inner;
  }
  if (typeof code === 'string') return code;
  return cause === undefined ? undefined : codeOf(cause);
}

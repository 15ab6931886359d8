import { ConnectionLostError } from '../../contracts/block.js';
import { OutboundError, outboundErrorIn } from './outbound/outbound-error.js';

/** Failures before a connection stood, or that end the handshake: the request cannot have had an effect. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
]);

/** Raised by whatever comes before the request: secrets, tokens, egress rules. None of it reached the system. */
export function lostBefore(baseUrl: string, error: unknown): ConnectionLostError {
  const detail = outboundErrorIn(error)?.detail ?? 'the request could not be made';
  return new ConnectionLostError(`${baseUrl}: ${detail}`, true);
}

/** What a failed request to a real system means. Unless it is certain, nobody knows whether the effect happened. */
export function lostAt(baseUrl: string, error: unknown): ConnectionLostError {
  const known = outboundErrorIn(error);
  if (known?.kind === 'authorization') return lostBefore(baseUrl, known);
  if (known?.kind === 'timeout') return new ConnectionLostError(`${baseUrl}: no answer in time`, false);
  const { code, message } = describe(known instanceof OutboundError ? (known.cause ?? known) : error);
  return new ConnectionLostError(
    `${baseUrl}: ${code ?? message ?? 'the connection failed'}`,
    code !== undefined && NEVER_CONNECTED.has(code),
  );
}

interface Failure {
  readonly code?: string;
  readonly message?: string;
}

/** Node joins the failures of several addresses (IPv4, IPv6) in one error: the least certain of them counts. */
function describe(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return {};
  const { code, message, errors } = error as Readonly<Record<string, unknown>>;
  if (Array.isArray(errors) && errors.length > 0) {
    const failures = errors.map(describe);
    const uncertain = failures.find((one) => one.code === undefined || !NEVER_CONNECTED.has(one.code));
    return uncertain ?? failures[0] ?? {};
  }
  return {
    ...(typeof code === 'string' && { code }),
    ...(typeof message === 'string' && { message }),
  };
}

import { Agent, request as send } from 'undici';
import { ConnectionLostError, type BlockRequest, type BlockResponse } from '../../contracts/block.js';
import type { Json } from '../../contracts/json.js';
import type { RealBinding } from './binding.js';
import { endToEnd } from './hop-by-hop.js';
import { isJsonType } from './request-body.js';

export interface RealSystems {
  /**
   * Sends a request to a real system. Throws ConnectionLostError when nobody answered in time; `beforeEffect` only
   * when no connection was made. Redirects are not followed: they are the answer.
   */
  send(binding: RealBinding, request: BlockRequest): Promise<BlockResponse>;
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const LARGEST_ANSWER = 20 * 1024 * 1024;

/** One pool of connections for all real systems. */
export function createRealSystems(): RealSystems {
  const agent = new Agent({ connections: 64, pipelining: 1, maxResponseSize: LARGEST_ANSWER });
  return {
    async send(binding, request) {
      const body = textOf(request);
      try {
        const response = await send(`${binding.baseUrl}${request.path}${queryText(request.query)}`, {
          dispatcher: agent,
          method: request.method,
          headers: { ...endToEnd(request.headers), ...binding.headers },
          signal: AbortSignal.timeout(binding.timeoutMs ?? DEFAULT_TIMEOUT_MS),
          ...(body !== undefined && { body }),
        });
        const headers = endToEnd(response.headers);
        const content = bodyFrom(await response.body.text(), headers['content-type']);
        return { status: response.statusCode, headers, ...(content !== undefined && { body: content }) };
      } catch (error) {
        throw lost(binding, error);
      }
    },
    close: () => agent.close(),
  };
}

function queryText(query: BlockRequest['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === 'string' ? [value] : value) parameters.append(name, one);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function textOf({ body, headers }: BlockRequest): string | undefined {
  if (body === undefined) return undefined;
  const type = headers['content-type'] ?? 'application/json';
  return typeof body === 'string' && !isJsonType(type) ? body : JSON.stringify(body);
}

/** What claims to be JSON but is not stays text: the caller sees what really came. */
function bodyFrom(text: string, type: string | undefined): Json | undefined {
  if (text === '') return undefined;
  if (type !== undefined && !isJsonType(type)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Failures before a connection stood: the request cannot have had an effect. */
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
  'CERT_HAS_EXPIRED',
]);

function lost({ baseUrl }: RealBinding, error: unknown): ConnectionLostError {
  const { name, code, message } = describe(error);
  const why = name === 'TimeoutError' ? 'no answer in time' : (code ?? message ?? 'the connection failed');
  return new ConnectionLostError(`${baseUrl}: ${why}`, code !== undefined && NEVER_CONNECTED.has(code));
}

interface Failure {
  readonly name?: unknown;
  readonly code?: string;
  readonly message?: string;
}

/** Node joins the failures of several addresses (IPv4, IPv6) in one error: the least certain of them counts. */
function describe(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return {};
  const { name, code, message, errors } = error as Readonly<Record<string, unknown>>;
  if (Array.isArray(errors) && errors.length > 0) {
    const failures = errors.map(describe);
    const uncertain = failures.find((one) => one.code === undefined || !NEVER_CONNECTED.has(one.code));
    return uncertain ?? failures[0] ?? {};
  }
  return {
    name,
    ...(typeof code === 'string' && { code }),
    ...(typeof message === 'string' && { message }),
  };
}

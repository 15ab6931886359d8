import { createHash } from 'node:crypto';
import { parse as parseYaml } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../../../contracts/json.js';
import type { AuthenticationPolicy } from '../../../../contracts/workflow-authentication.js';
import type { Authenticator } from '../authentication/authenticator.js';
import { exchange } from '../exchange.js';
import type { Hop, HopResponse } from '../hop.js';
import { OutboundError, shown } from '../outbound-error.js';
import { externalOperations, type ExternalOperations } from './external-operation.js';

/** Who reads a document: another workspace, or another way to prove who asks, may be shown another one. */
export interface Reader {
  readonly workspace: string;
  readonly policy: AuthenticationPolicy | undefined;
  readonly authenticator: Authenticator | undefined;
}

/** OpenAPI documents from elsewhere, kept for a while. */
export interface Documents {
  /**
   * Raises what an exchange raises, and `configuration` for what is no OpenAPI document of version 2.0, 3.0 or 3.1.
   */
  read(url: URL, reader: Reader): Promise<ExternalOperations>;
}

interface Kept {
  readonly operations: ExternalOperations;
  readonly etag: string | undefined;
  readonly until: number;
}

const MOST_DOCUMENTS = 50;
/** Its parser is slow, and nothing else goes on meanwhile. */
const LARGEST_YAML = 2 * 1024 * 1024;
const KEPT_MS = 5 * 60_000;
const LONGEST_MS = 60 * 60_000;

export function createDocuments(deps: {
  readonly hop: Hop;
  readonly now: () => Date;
  readonly deadline: () => AbortSignal;
}): Documents {
  const kept = new Map<string, Kept>();
  const flights = new Map<string, Promise<ExternalOperations>>();

  async function fetch(key: string, url: URL, { authenticator }: Reader): Promise<ExternalOperations> {
    const before = kept.get(key);
    const headers = {
      accept: 'application/json, application/yaml, text/yaml, */*;q=0.5',
      'accept-encoding': 'gzip, deflate, br',
      ...(before?.etag === undefined ? {} : { 'if-none-match': before.etag }),
    };
    const { url: source, response } = await exchange(
      deps.hop,
      { method: 'GET', url, headers },
      { authenticator, redirect: true, signal: deps.deadline() },
    );
    const unchanged = response.status === 304 && before !== undefined;
    const operations = unchanged ? before.operations : externalOperations(documentIn(response, url), source);
    kept.delete(key);
    if (kept.size >= MOST_DOCUMENTS) kept.delete(kept.keys().next().value ?? '');
    const { etag = unchanged ? before.etag : undefined } = response.headers;
    kept.set(key, {
      operations,
      etag,
      until: deps.now().getTime() + lifetime(response.headers['cache-control']),
    });
    return operations;
  }

  return {
    read: (url, reader) => {
      const key = `${url.href} ${createHash('sha256')
        .update(JSON.stringify([reader.workspace, reader.policy ?? null]))
        .digest('hex')}`;
      const known = kept.get(key);
      if (known !== undefined && deps.now().getTime() < known.until) return Promise.resolve(known.operations);
      const flying = flights.get(key) ?? fetch(key, url, reader).finally(() => flights.delete(key));
      flights.set(key, flying);
      return flying;
    },
  };
}

function lifetime(cacheControl: string | undefined): number {
  if (cacheControl === undefined) return KEPT_MS;
  if (/\bno-(store|cache)\b/i.test(cacheControl)) return 0;
  const seconds = /\bmax-age\s*=\s*"?(\d+)/i.exec(cacheControl)?.[1];
  return seconds === undefined ? KEPT_MS : Math.min(Number(seconds) * 1000, LONGEST_MS);
}

function documentIn({ status, body }: HopResponse, url: URL): JsonObject {
  if (status !== 200)
    throw new OutboundError(
      'communication',
      `The OpenAPI document ${shown(url)} could not be read: ${status}.`,
      {
        status: status >= 400 ? status : 502,
      },
    );
  const document = parseDocument(body.toString('utf8').replace(/^\uFEFF/, ''), url);
  if (isJsonObject(document)) return document;
  throw new OutboundError('configuration', `${shown(url)} is not an OpenAPI document.`);
}

/** JSON is YAML too, but its own parser is far faster. */
function parseDocument(text: string, url: URL): Json {
  try {
    if (/^\s*[{[]/.test(text)) return JSON.parse(text) as Json;
    if (text.length > LARGEST_YAML)
      throw new OutboundError(
        'configuration',
        `${shown(url)} is larger than ${LARGEST_YAML} bytes; documents of that size are read as JSON only.`,
      );
    return parseYaml(text, { maxAliasCount: 100, logLevel: 'error' }) as Json;
  } catch (cause) {
    if (cause instanceof OutboundError) throw cause;
    throw new OutboundError('configuration', `${shown(url)} is neither valid JSON nor valid YAML.`, {
      cause,
    });
  }
}

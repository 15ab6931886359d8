import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import type { Egress } from './egress.js';

/** Resolves a name to all its addresses. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface OutboundAgentOptions {
  readonly egress: Pick<Egress, 'checkAddress'>;
  readonly resolve?: Resolve;
  readonly connectTimeoutMs?: number;
  /** Who is trusted instead of the public authorities, and what the sandbox shows of itself; PEM. */
  readonly tls?: {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly rejectUnauthorized?: boolean;
  };
}

const LARGEST_HEADERS = 32 * 1024;

/**
 * The pool of connections for calls that leave the sandbox. A connection is made to an address that was just checked,
 * not to a name that is resolved once more: a name server that changes its answer in between gains nothing.
 */
export function createOutboundAgent(options: OutboundAgentOptions): Agent {
  const { egress, resolve = resolveBySystem, connectTimeoutMs = 10_000, tls = {} } = options;
  // One connector per port, so that TLS sessions are kept; the ports in use are few.
  const connectors = new Map<string, buildConnector.connector>();
  const connectorOf = (port: number): buildConnector.connector => {
    const known = connectors.get(String(port));
    if (known !== undefined) return known;
    if (connectors.size >= 256) connectors.clear();
    const made = buildConnector({
      ...tls,
      timeout: connectTimeoutMs,
      lookup: guardedLookup(egress, resolve, port),
    });
    connectors.set(String(port), made);
    return made;
  };
  return new Agent({
    connections: 64,
    pipelining: 1,
    maxHeaderSize: LARGEST_HEADERS,
    connect: (to, callback) => {
      const port = to.port === '' ? (to.protocol === 'https:' ? 443 : 80) : Number(to.port);
      if (isIP(to.hostname) !== 0) {
        try {
          egress.checkAddress(to.hostname, port, to.hostname);
        } catch (error) {
          callback(error instanceof Error ? error : new Error(String(error)), null);
          return;
        }
      }
      connectorOf(port)(to, callback);
    },
  });
}

function guardedLookup(egress: Pick<Egress, 'checkAddress'>, resolve: Resolve, port: number): LookupFunction {
  return (hostname, options, callback) => {
    const settle = async (): Promise<readonly ResolvedAddress[]> => {
      const found = await resolve(hostname);
      if (found.length === 0)
        throw Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
      // All of them: which one is connected to is decided later, by who answers first.
      for (const { address } of found) egress.checkAddress(hostname, port, address);
      return found;
    };
    settle().then(
      (found) => {
        if (options.all === true)
          callback(
            null,
            found.map(({ address, family }) => ({ address, family })),
          );
        else callback(null, found[0]?.address ?? '', found[0]?.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 0),
    );
  };
}

const resolveBySystem: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, found) => {
      if (error === null) resolve(found);
      else reject(error);
    });
  });

import { createHash, randomBytes } from 'node:crypto';
import type { Agent } from 'undici';
import type { Clock } from '../../contracts/clock.js';
import type { TlsMaterial } from './credentials.js';
import { createAuthenticators, type Authenticators } from './outbound/authentication/authenticators.js';
import { createDiscovery } from './outbound/authentication/discovery.js';
import { createTokenCache } from './outbound/authentication/token-cache.js';
import type { Egress } from './outbound/egress/egress.js';
import { createOutboundAgent } from './outbound/egress/outbound-agent.js';
import { createHop, type Hop } from './outbound/hop.js';

/** The way to real systems that trust the same authorities and show the same client certificate. */
export interface RealConnection {
  readonly hop: Hop;
  readonly authenticators: Authenticators;
}

export interface RealConnections {
  of(tls: TlsMaterial | undefined): RealConnection;
  close(): Promise<void>;
}

const LARGEST_ANSWER = 20 * 1024 * 1024;
const TOKEN_TIMEOUT_MS = 30_000;
/** Different certificates in use at the same time; a connection that is thrown out is made again. */
const MOST_CONNECTIONS = 64;

/** A pool of connections for each set of certificates, since TLS knows only what a connection was made with. */
export function createRealConnections(deps: {
  readonly egress: Egress;
  readonly realClock: Clock;
}): RealConnections {
  const { egress, realClock } = deps;
  const pools = new Map<string, RealConnection & { readonly agent: Agent }>();
  const now = (): Date => realClock.now();

  function open(tls: TlsMaterial | undefined): RealConnection & { readonly agent: Agent } {
    const agent = createOutboundAgent({ egress, ...(tls === undefined ? {} : { tls }) });
    const hop = createHop({ dispatcher: agent, egress, largestAnswer: LARGEST_ANSWER });
    const authenticators = createAuthenticators({
      hop,
      now,
      sessions: new Map(),
      nonce: () => randomBytes(16).toString('hex'),
      deadline: () => AbortSignal.timeout(TOKEN_TIMEOUT_MS),
      discover: createDiscovery(hop, now),
      tokens: createTokenCache(now),
    });
    return { agent, hop, authenticators };
  }

  return {
    of: (tls) => {
      const key = createHash('sha256')
        .update(JSON.stringify(tls ?? null))
        .digest('hex');
      const known = pools.get(key);
      if (known !== undefined) return known;
      const [oldest] = pools;
      if (pools.size >= MOST_CONNECTIONS && oldest !== undefined) {
        pools.delete(oldest[0]);
        // Requests under way still end; it takes no new ones.
        void oldest[1].agent.close();
      }
      const opened = open(tls);
      pools.set(key, opened);
      return opened;
    },
    close: async () => {
      await Promise.all([...pools.values()].map(({ agent }) => agent.close()));
      pools.clear();
    },
  };
}

import type { Hop } from '../hop.js';
import { OutboundError, shown } from '../outbound-error.js';
import { jsonObjectIn } from './json-answer.js';

/** What OpenID Connect Discovery 1.0 tells of a provider. */
export interface Provider {
  readonly issuer: string;
  readonly tokenEndpoint: URL;
}

export type Discover = (
  authority: string,
  issuers: readonly string[] | undefined,
  signal: AbortSignal,
) => Promise<Provider>;

const PATH = '/.well-known/openid-configuration';
const KEPT_MS = 10 * 60_000;
const MOST_PROVIDERS = 100;

/**
 * Reads and keeps what providers tell. The authority may be the issuer or the address of the document itself. The
 * document's issuer must be that authority or one of the policy's `issuers`, or another could speak for it.
 * Raises `configuration` for an authority that is no address and `authentication` for a document that is none.
 */
export function createDiscovery(hop: Hop, now: () => Date): Discover {
  const known = new Map<string, { readonly provider: Provider; readonly until: number }>();
  return async (authority, issuers, signal) => {
    const base = authority.replace(/\/+$/, '').replace(new RegExp(`${PATH.replace('.', '\\.')}$`), '');
    if (!URL.canParse(base))
      throw new OutboundError('configuration', `The authority ${authority} is not an address.`);
    let kept = known.get(base);
    if (kept === undefined || kept.until <= now().getTime()) {
      kept = {
        provider: await read(hop, new URL(`${base}${PATH}`), signal),
        until: now().getTime() + KEPT_MS,
      };
      if (known.size >= MOST_PROVIDERS) known.clear();
      known.set(base, kept);
    }
    const { provider } = kept;
    const accepted = [base, ...(issuers ?? [])].map(withoutSlash);
    if (!accepted.includes(withoutSlash(provider.issuer)))
      throw new OutboundError(
        'authentication',
        `${base} says that its issuer is ${provider.issuer}. If that is right, list it under issuers.`,
      );
    return provider;
  };
}

async function read(hop: Hop, url: URL, signal: AbortSignal): Promise<Provider> {
  const response = await hop({ method: 'GET', url, headers: { accept: 'application/json' } }, signal);
  const { issuer, token_endpoint: endpoint } = jsonObjectIn(response) ?? {};
  if (
    response.status !== 200 ||
    typeof issuer !== 'string' ||
    typeof endpoint !== 'string' ||
    !URL.canParse(endpoint)
  )
    throw new OutboundError(
      'authentication',
      `${shown(url)} answered ${response.status}, without an issuer and a token endpoint.`,
    );
  return { issuer, tokenEndpoint: new URL(endpoint) };
}

export function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

/** An access token and how long it may be used. */
export interface AccessToken {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** A newer refresh token, when the server gave one. */
  readonly refreshToken?: string | undefined;
}

/** Tokens in memory, by what they were asked for with. Many calls at once ask for one token once. */
export interface TokenCache {
  /** `refused` is a token that the other side did not accept: it is not handed out again. */
  get(
    key: string,
    fetch: (before: AccessToken | undefined) => Promise<AccessToken>,
    refused?: string,
  ): Promise<AccessToken>;
}

/** So long before its end a token is no longer used: the request has to arrive, and clocks differ. */
const SKEW_MS = 30_000;
const MOST_TOKENS = 1000;

export function createTokenCache(now: () => Date): TokenCache {
  const tokens = new Map<string, AccessToken & { readonly until: number }>();
  const flights = new Map<string, Promise<AccessToken>>();
  const fly = async (
    key: string,
    fetch: (before: AccessToken | undefined) => Promise<AccessToken>,
  ): Promise<AccessToken> => {
    const before = tokens.get(key);
    // Whatever goes wrong now: the next try begins with what the policy says.
    tokens.delete(key);
    const token = await fetch(before);
    const lifetime = token.expiresAt - now().getTime();
    if (tokens.size >= MOST_TOKENS) tokens.delete(tokens.keys().next().value ?? '');
    tokens.set(key, { ...token, until: token.expiresAt - Math.min(SKEW_MS, lifetime / 2) });
    return token;
  };
  return {
    get: (key, fetch, refused) => {
      const known = tokens.get(key);
      if (known !== undefined && known.value !== refused && now().getTime() < known.until)
        return Promise.resolve(known);
      const flying = flights.get(key) ?? fly(key, fetch).finally(() => flights.delete(key));
      flights.set(key, flying);
      return flying;
    },
  };
}

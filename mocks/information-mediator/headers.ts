type Headers = Readonly<Record<string, string>>;

/** The caller's header under its three names: GovStack's, the older dialect's, X-Road's. */
export const CLIENT_HEADERS = ['x-govstack-client', 'information-mediator-client', 'x-road-client'] as const;

/** Belong to one connection, or are set anew by whoever sends the message on (X-Road for REST 1.0.3, 4.3). */
const NOT_PASSED_ON = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'trailers',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'expect',
  'host',
  'server',
  'user-agent',
  // Said by the mediator alone.
  'x-road-service',
  'x-road-request-id',
  'x-road-request-hash',
  'x-road-error',
]);

/** Without what must not be passed on, including headers that `Connection` names; names in lower case. */
export function passedOn(headers: Headers): Record<string, string> {
  const named = new Set(
    (valueOf(headers, 'connection') ?? '').split(',').map((name) => name.trim().toLowerCase()),
  );
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (!NOT_PASSED_ON.has(key) && !named.has(key)) kept[key] = value;
  }
  return kept;
}

export function valueOf(headers: Headers, name: string): string | undefined {
  const exact = headers[name];
  if (exact !== undefined) return exact;
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The same client under every name, so that blocks of any dialect understand who calls. */
export function clientHeaders(client: string): Record<string, string> {
  return Object.fromEntries(CLIENT_HEADERS.map((name) => [name, client]));
}

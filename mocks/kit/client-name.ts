/** The caller's header under its three names: GovStack's, the older dialect's, X-Road's. */
const CLIENT_HEADERS: readonly string[] = [
  'x-govstack-client',
  'information-mediator-client',
  'x-road-client',
];

export function clientOf(headers: Readonly<Record<string, string>>): string | undefined {
  for (const name of CLIENT_HEADERS) if (headers[name] !== undefined) return headers[name];
  return undefined;
}

/** A contract names one of the three; a caller may use another. */
export function withClientNames(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const client = clientOf(headers);
  if (client === undefined) return headers;
  const named = { ...headers };
  for (const name of CLIENT_HEADERS) named[name] ??= client;
  return named;
}

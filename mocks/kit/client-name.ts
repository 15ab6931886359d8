/** The caller's header under its three names: GovStack's, the older dialect's, X-Road's. */
export const CLIENT_HEADERS: readonly string[] = [
  'x-govstack-client',
  'information-mediator-client',
  'x-road-client',
];

export function clientOf(headers: Readonly<Record<string, string>>): string | undefined {
  for (const name of CLIENT_HEADERS) if (headers[name] !== undefined) return headers[name];
  return undefined;
}

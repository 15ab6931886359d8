/**
 * Keycloak's rule for redirect addresses, as far as realm.json uses it: an exact match, or for `http://localhost`
 * and `http://127.0.0.1` a match once the port is left out (RFC 8252, 7.3). No wildcards.
 */
export function redirectAllowed(registered: readonly string[], wanted: string): boolean {
  if (registered.includes(wanted)) return true;
  const portless = withoutLoopbackPort(wanted);
  return portless !== undefined && registered.includes(portless);
}

function withoutLoopbackPort(address: string): string | undefined {
  return /^(http:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?(\/[^\s\\]*)$/.exec(address)?.slice(1).join('');
}

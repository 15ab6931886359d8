/** Headers that belong to one connection, or that whoever sends the message on sets anew (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
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
  // Nothing here unpacks compressed answers.
  'accept-encoding',
]);

/** Names in lower case; a header that came more than once is joined by commas. */
export function endToEnd(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (value !== undefined && !HOP_BY_HOP.has(key))
      kept[key] = typeof value === 'string' ? value : value.join(', ');
  }
  return kept;
}

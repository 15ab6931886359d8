/**
 * Where calls may go: `host`, `host:port`, `*.domain`, `[ipv6]:port`, or `*` for every host. Without a port, every
 * port of the host. Names are compared as a URL writes them: in lower case, international ones in their ASCII form.
 */
export interface HostPattern {
  readonly host: string;
  readonly port: number | undefined;
  readonly wildcard: 'none' | 'subdomains' | 'all';
}

/** `explicit`: the host itself is listed; `wildcard`: only a `*` covers it. */
export type HostMatch = 'explicit' | 'wildcard' | 'none';

/** Undefined for what is no pattern. */
export function parseHostPattern(text: string): HostPattern | undefined {
  const [, written = '', portText] =
    /^(\*|(?:\*\.)?[^\s/@:?#[\]*]+|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?$/.exec(text.trim()) ?? [];
  if (written === '') return undefined;
  const port = portText === undefined ? undefined : Number(portText);
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  if (written === '*') return { host: '*', port, wildcard: 'all' };
  const subdomains = written.startsWith('*.');
  const host = canonical(subdomains ? written.slice(2) : written);
  return host === undefined ? undefined : { host, port, wildcard: subdomains ? 'subdomains' : 'none' };
}

export function matchHost(patterns: readonly HostPattern[], hostname: string, port: number): HostMatch {
  const host = bare(hostname);
  let match: HostMatch = 'none';
  for (const pattern of patterns) {
    if (pattern.port !== undefined && pattern.port !== port) continue;
    if (pattern.wildcard === 'none' && pattern.host === host) return 'explicit';
    if (
      pattern.wildcard === 'all' ||
      (pattern.wildcard === 'subdomains' && host.endsWith(`.${pattern.host}`))
    )
      match = 'wildcard';
  }
  return match;
}

function canonical(host: string): string | undefined {
  const url = URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`) : undefined;
  return url === undefined ? undefined : bare(url.hostname);
}

/** Without the brackets of an IPv6 address and the dot at the end of a name. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

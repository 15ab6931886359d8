import { isIP } from 'node:net';
import { OutboundError } from '../outbound-error.js';
import { addressKind } from './address-kind.js';
import { bare, matchHost, type HostMatch, type HostPattern } from './host-patterns.js';

/** The variable that opens the way out; errors name it. */
const HOSTS_VARIABLE = 'SANDBOX_OUTBOUND_HOSTS';

/**
 * Which addresses calls may reach. Deny by default: what no pattern names is refused. A host that only a wildcard
 * covers must be a public one. A host that is named itself may lie in a private network, but a name that resolves to
 * link-local, metadata or multicast addresses is refused all the same: only such an address itself can be named.
 */
export interface Egress {
  /** Raises an `authorization` error that says what to change. */
  check(url: URL): void;
  /** The same for one address that a host resolved to. */
  checkAddress(hostname: string, port: number, address: string): void;
}

export function createEgress(patterns: readonly HostPattern[]): Egress {
  const checkAddress = (hostname: string, port: number, address: string): void => {
    const match = matchHost(patterns, hostname, port);
    if (allowed(match, addressKind(address), isIP(address) !== 0 && isIP(bare(hostname)) !== 0)) return;
    const host = bare(hostname);
    throw refused(
      host === address
        ? `${address} is not a public address, and ${HOSTS_VARIABLE} does not name it.`
        : `${host} resolves to ${address}, which is not a public address. If that is meant, name the host itself in ${HOSTS_VARIABLE}; link-local and metadata addresses are never reached by a name.`,
    );
  };
  return {
    check: (url) => {
      if (url.protocol !== 'http:' && url.protocol !== 'https:')
        throw refused(`Calls go to http and https addresses, not to ${url.protocol}//.`);
      if (url.username !== '' || url.password !== '')
        throw refused(
          `The address of ${url.hostname} holds a user name or password. Use the task's authentication instead.`,
        );
      const port = portOf(url);
      if (matchHost(patterns, url.hostname, port) === 'none')
        throw refused(
          `Calls to ${url.hostname}:${port} are not allowed. Add it to ${HOSTS_VARIABLE}, such as ${HOSTS_VARIABLE}=${url.hostname}.`,
        );
      if (isIP(bare(url.hostname)) !== 0) checkAddress(url.hostname, port, bare(url.hostname));
    },
    checkAddress,
  };
}

/** `literal`: the host is an address, not a name. */
function allowed(match: HostMatch, kind: ReturnType<typeof addressKind>, literal: boolean): boolean {
  switch (match) {
    case 'none':
      return false;
    case 'wildcard':
      return kind === 'public';
    case 'explicit':
      return literal || kind !== 'never';
  }
}

function portOf({ port, protocol }: Pick<URL, 'port' | 'protocol'>): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

function refused(detail: string): OutboundError {
  return new OutboundError('authorization', detail);
}

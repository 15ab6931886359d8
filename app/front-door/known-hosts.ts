import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { SandboxError } from '../../contracts/problems.js';

/**
 * The embedded provider lets anybody sign in as anybody. So a page of another site must not reach it by a name that
 * its owner points at this machine (DNS rebinding): the browser would take both for one site. Nobody else can own
 * the host of PUBLIC_URL, an address written in numbers, `localhost`, or a name of the local network (without a dot,
 * or below `.local`, `.internal`, `.home.arpa`, which no public name server answers). GSB-REQ-006 for all others.
 */
export function knownHostsOnly(publicUrl: string): RequestHandler {
  const own = new URL(publicUrl).hostname;
  return (request, _response, next) => {
    const host = hostnameOf(request.headers.host ?? '');
    if (host !== undefined && (host === own || isLocal(host))) {
      next();
      return;
    }
    throw new SandboxError('GSB-REQ-006', { detail: `The sandbox is at ${publicUrl}.` });
  };
}

function hostnameOf(host: string): string | undefined {
  if (host === '' || /[\s/@\\?#]/.test(host) || !URL.canParse(`http://${host}/`)) return undefined;
  return new URL(`http://${host}/`).hostname.replace(/\.$/, '');
}

function isLocal(host: string): boolean {
  if (isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0) return true;
  return !host.includes('.') || /\.(?:localhost|local|internal|home\.arpa)$/.test(host);
}

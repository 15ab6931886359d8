import { networkInterfaces } from 'node:os';
import { SandboxError } from '../../contracts/problems.js';

type Interfaces = ReturnType<typeof networkInterfaces>;

/** Bridges and tunnels of this machine: nobody in the room reaches it by them. */
const VIRTUAL =
  /^(?:docker|br-|veth|virbr|vmnet|vboxnet|tun|tap|utun|wg|zt|tailscale|cni|flannel|podman|lxc)/i;
const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/;
const LINK_LOCAL = /^169\.254\./;

/**
 * The IPv4 address under which others on the same network reach this machine: of a real interface before a virtual
 * one, private before public. GSB-CFG-001 when there is none but loopback.
 */
export function lanAddress(interfaces: Interfaces = networkInterfaces()): string {
  const candidates = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !LINK_LOCAL.test(address))
      .map(({ address }) => ({
        address,
        rank: (VIRTUAL.test(name) ? 2 : 0) + (PRIVATE.test(address) ? 0 : 1),
      })),
  );
  const [best] = candidates.sort((left, right) => left.rank - right.rank);
  if (best !== undefined) return best.address;
  throw new SandboxError('GSB-CFG-001', {
    detail: '--share: this machine is on no network. Join the Wi-Fi of the room, or set PUBLIC_URL and HOST.',
  });
}

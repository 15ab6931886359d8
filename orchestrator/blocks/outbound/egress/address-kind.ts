import { isIP, isIPv4 } from 'node:net';

/**
 * What an address leads to. `private`: this machine or the networks around it. `never`: link-local (the metadata
 * services of clouds live there), multicast, unspecified, reserved: no system that a workflow has business with.
 * IANA Special-Purpose Address Registries (RFC 6890 and its successors).
 */
export type AddressKind = 'public' | 'private' | 'never';

type Range = readonly [network: string, bits: number, kind: AddressKind];

const IPV4: readonly Range[] = [
  ['0.0.0.0', 8, 'never'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'private'],
  ['127.0.0.0', 8, 'private'],
  // Azure answers its virtual machines here, though the address looks public.
  ['168.63.129.16', 32, 'never'],
  ['169.254.0.0', 16, 'never'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'never'],
  ['192.0.2.0', 24, 'never'],
  ['192.88.99.0', 24, 'never'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'private'],
  ['198.51.100.0', 24, 'never'],
  ['203.0.113.0', 24, 'never'],
  ['224.0.0.0', 4, 'never'],
  ['240.0.0.0', 4, 'never'],
];
// The metadata service of Alibaba Cloud lies in the shared address space.
const METADATA = new Set(['100.100.100.200']);

/** `address` is an IPv4 or IPv6 address in any spelling, without brackets; anything else is `never`. */
export function addressKind(address: string): AddressKind {
  if (isIP(address) === 0) return 'never';
  return isIPv4(address) ? kindOfIPv4(address) : kindOfIPv6(groupsOf(address));
}

function kindOfIPv4(address: string): AddressKind {
  if (METADATA.has(address)) return 'never';
  const value = numberOf(address);
  for (const [network, bits, kind] of IPV4) {
    const size = 2 ** (32 - bits);
    if (Math.floor(value / size) === Math.floor(numberOf(network) / size)) return kind;
  }
  return 'public';
}

function kindOfIPv6(groups: readonly number[]): AddressKind {
  const [first = 0, second = 0] = groups;
  if (startsWith(groups, [0, 0, 0, 0, 0, 0, 0]) && groups[7] === 1) return 'private';
  // Mapped, translated (NAT64) and compatible addresses lead to the IPv4 address in their last groups.
  if (startsWith(groups, [0, 0, 0, 0, 0, 0xffff])) return kindOfIPv4(embedded(groups, 6));
  if (startsWith(groups, [0x64, 0xff9b, 0, 0, 0, 0])) return kindOfIPv4(embedded(groups, 6));
  if (startsWith(groups, [0, 0, 0, 0, 0, 0])) return stricter(kindOfIPv4(embedded(groups, 6)));
  // fd00:ec2::254 is the metadata service of Amazon.
  if (first === 0xfd00 && second === 0xec2) return 'never';
  if ((first & 0xfe00) === 0xfc00) return 'private';
  // Global unicast is 2000::/3. Of it, not: protocol assignments (Teredo and others), documentation.
  if ((first & 0xe000) !== 0x2000) return 'never';
  if (first === 0x2001 && second < 0x200) return 'never';
  if (first === 0x2001 && second === 0xdb8) return 'never';
  if (first === 0x3fff && second < 0x1000) return 'never';
  if (first === 0x2002) return stricter(kindOfIPv4(embedded(groups, 1)));
  return 'public';
}

/** Old tunnels that nobody needs: what would be private through them is refused altogether. */
function stricter(kind: AddressKind): AddressKind {
  return kind === 'public' ? 'public' : 'never';
}

function startsWith(groups: readonly number[], head: readonly number[]): boolean {
  return head.every((group, index) => groups[index] === group);
}

function embedded(groups: readonly number[], at: number): string {
  const [high = 0, low = 0] = groups.slice(at, at + 2);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

function numberOf(ipv4: string): number {
  return ipv4.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The eight groups of a valid IPv6 address; a zone and a dotted tail are understood. */
function groupsOf(address: string): readonly number[] {
  const plain = (address.split('%')[0] ?? '').replace(/\d+\.\d+\.\d+\.\d+$/, (ipv4) => {
    const value = numberOf(ipv4);
    return `${Math.floor(value / 65_536).toString(16)}:${(value % 65_536).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const numbers = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
  if (tail === undefined) return numbers(head);
  const [before, after] = [numbers(head), numbers(tail)];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

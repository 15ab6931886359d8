import { describe, expect, it } from '@jest/globals';
import { lanAddress } from '../../../cli/share/lan-address.js';
import { shareNotice } from '../../../cli/share/share-notice.js';
import { readPrintedQr } from './read-qr.js';

const on = (address: string, more: object = {}) =>
  ({ address, family: 'IPv4', internal: false, netmask: '', mac: '', cidr: null, ...more }) as const;

describe('lanAddress', () => {
  it('takes the network of the room, not a bridge, a tunnel or loopback', () => {
    expect(
      lanAddress({
        lo: [on('127.0.0.1', { internal: true })],
        docker0: [on('172.17.0.1')],
        tun0: [on('10.8.0.2')],
        wlan0: [on('fe80::1', { family: 'IPv6' }), on('192.168.1.20')],
      }),
    ).toBe('192.168.1.20');
    expect(lanAddress({ eth0: [on('203.0.113.5')], eth1: [on('10.0.0.7')] })).toBe('10.0.0.7');
    expect(lanAddress({ docker0: [on('172.17.0.1')] })).toBe('172.17.0.1');
  });

  it('says what to do where there is none', () => {
    const none = { lo: [on('127.0.0.1', { internal: true })], eth0: [on('169.254.1.1')] };
    expect(() => lanAddress(none)).toThrow('Join the Wi-Fi of the room');
  });
});

describe('shareNotice', () => {
  it('shows the address, a picture of it, and what it means', () => {
    const text = shareNotice({ publicUrl: 'http://192.168.1.20:4000', keycloak: false });
    expect(text).toContain('http://192.168.1.20:4000/');
    expect(readPrintedQr(text)).toBe('http://192.168.1.20:4000/');
    // Four light squares on each side: the first squares of the picture itself are dark.
    const picture = text.split('\n').filter((line) => /^ *[█▀▄][█▀▄ ]{15}/.test(line));
    expect(picture.slice(0, 2).map((line) => line.trim())).toEqual([
      expect.stringMatching(/^█+$/),
      expect.stringMatching(/^█+$/),
    ]);
    expect(picture[2]?.trim()).toMatch(/^█{4} ▄▄▄▄▄ /);
    for (const said of ['plain http', 'no passwords', 'training data only', 'Ctrl.C'])
      expect(text).toMatch(new RegExp(said, 'i'));
  });

  it('says of https and Keycloak what is so there', () => {
    const text = shareNotice({ publicUrl: 'https://sandbox.example', keycloak: true });
    expect(text).not.toContain('plain http');
    expect(text).toContain('change the passwords');
  });
});

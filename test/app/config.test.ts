import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../app/config.js';

describe('the configuration of the way out', () => {
  it('is closed unless told', () => {
    expect(readConfig({})).toMatchObject({ outboundHosts: [], outboundTimeoutMs: 30_000 });
    expect(readConfig({})).not.toHaveProperty('secretsKey');
  });

  it('reads hosts and seconds', () => {
    const config = readConfig({
      SANDBOX_OUTBOUND_HOSTS: ' api.example.org:8443, *.gov.example ,',
      SANDBOX_OUTBOUND_TIMEOUT: '2.5',
    });
    expect(config.outboundHosts).toEqual([
      { host: 'api.example.org', port: 8443, wildcard: 'none' },
      { host: 'gov.example', port: undefined, wildcard: 'subdomains' },
    ]);
    expect(config.outboundTimeoutMs).toBe(2500);
  });

  it.each([
    ['hexadecimal', '00'.repeat(31) + 'ff'],
    ['base64', Buffer.concat([Buffer.alloc(31), Buffer.from([255])]).toString('base64')],
  ])('reads a key in %s', (_form, text) => {
    const { secretsKey } = readConfig({ SANDBOX_SECRETS_KEY: text });
    expect(secretsKey).toHaveLength(32);
    expect(secretsKey?.at(-1)).toBe(255);
  });

  it.each([
    [{ SANDBOX_OUTBOUND_HOSTS: 'a.example,http://b.example' }, 'SANDBOX_OUTBOUND_HOSTS: "http://b.example"'],
    [{ SANDBOX_OUTBOUND_TIMEOUT: 'soon' }, 'SANDBOX_OUTBOUND_TIMEOUT: must be a number of seconds'],
    [{ SANDBOX_SECRETS_KEY: 'hunter2-hunter2' }, 'SANDBOX_SECRETS_KEY: must be 32 bytes'],
  ])('says what is wrong: %j', (env, detail) => {
    const wrong = (): unknown => readConfig(env);
    expect(wrong).toThrow(detail);
    expect(wrong).not.toThrow('hunter2');
  });
});

describe('the configuration of where people reach it', () => {
  it('is this machine alone unless told', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      publicUrl: 'http://localhost:4000',
      share: false,
      trustProxy: ['loopback'],
    });
  });

  it('opens to the network when shared, at the address or at PUBLIC_URL', () => {
    const share = '192.168.1.20';
    expect(readConfig({}, { share, port: 4100 })).toMatchObject({
      host: '0.0.0.0',
      publicUrl: 'http://192.168.1.20:4100',
      share: true,
    });
    expect(
      readConfig({ PUBLIC_URL: 'https://sandbox.example/', HOST: '127.0.0.1' }, { share }),
    ).toMatchObject({
      host: '127.0.0.1',
      publicUrl: 'https://sandbox.example',
    });
  });

  it('believes the proxies that it is told of', () => {
    expect(readConfig({ SANDBOX_TRUST_PROXY: '10.1.2.3, 172.16.0.0/12 ,uniquelocal' }).trustProxy).toEqual([
      'loopback',
      '10.1.2.3',
      '172.16.0.0/12',
      'uniquelocal',
    ]);
  });

  it.each([
    [{ PUBLIC_URL: 'https://ministry.example/sandbox' }, 'PUBLIC_URL: must be an origin without a path'],
    [{ PUBLIC_URL: 'ftp://ministry.example' }, 'PUBLIC_URL: must be an origin without a path'],
    [{ SANDBOX_TRUST_PROXY: 'true' }, 'SANDBOX_TRUST_PROXY: "true" is neither an address'],
    [{ SANDBOX_TRUST_PROXY: '0.0.0.0/0' }, 'SANDBOX_TRUST_PROXY: "0.0.0.0/0" is neither an address'],
    [{ SANDBOX_TRUST_PROXY: '10.0.0.0/33' }, 'SANDBOX_TRUST_PROXY: "10.0.0.0/33" is neither an address'],
  ])('says what is wrong: %j', (env, detail) => {
    expect(() => readConfig(env)).toThrow(detail);
  });
});

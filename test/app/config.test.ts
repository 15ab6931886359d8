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

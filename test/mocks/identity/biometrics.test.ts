import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BlockResponse } from '../../../contracts/block.js';
import { WORKSPACE } from '../kit/test-deps.js';
import { AMINA, openIdentityBench, type IdentityBench } from './identity-bench.js';

const BADU = '9038952311';
let bench: IdentityBench;
let shown = 0;
beforeEach(async () => {
  bench = await openIdentityBench();
  await bench.block.state.put(WORKSPACE, 'persons', { _id: BADU, claims: { name: 'Badu Mensah' } });
});

const ruleOf = ({ headers }: BlockResponse): string | undefined => headers['x-sandbox-rule'];
const show = async (sample: string, person = AMINA, format?: string): Promise<string | undefined> => {
  const { linkedTransactionId } = await bench.begin(`t-${(shown += 1)}`);
  return ruleOf(await bench.showBody(linkedTransactionId, sample, person, format));
};
const encoded = (...samples: readonly string[]): string =>
  Buffer.from(JSON.stringify(samples.map((data) => ({ data })))).toString('base64url');

describe('biometrics', () => {
  it('are right for whoever enrolled them, and for nobody else', async () => {
    expect(await show('left thumb')).toBe('error:auth_failed');
    expect(ruleOf(await bench.enroll(AMINA, 'left thumb'))).toBe('received');
    expect(await show('left thumb')).toBe('biometric-enrolled');
    expect(await show('left thumb', BADU)).toBe('error:auth_failed');
    expect(await show('right thumb')).toBe('error:auth_failed');
  });

  it('of a packet belong to whom an administrator names with it', async () => {
    await bench.enroll('10001-packet', 'iris of Badu');
    expect(await show('iris of Badu', BADU)).toBe('error:auth_failed');
    const request = { uin: BADU, registrationId: '10001-packet' };
    expect(ruleOf(await bench.send('PATCH', '/updateIdentity', { request }))).toBe('updated');
    expect(await show('iris of Badu', BADU)).toBe('biometric-enrolled');
  });

  it('come as a text or as a list of captures, all of which must be right', async () => {
    await bench.enroll(AMINA, 'left thumb');
    expect(await show(encoded('left thumb', 'BIO-MATCH'), AMINA, 'encoded-json')).toBe('biometric-enrolled');
    expect(await show(encoded('left thumb', 'x'), AMINA, 'encoded-json')).toBe('error:auth_failed');
    expect(await show(encoded('x', 'BIO-POOR-QUALITY'), AMINA, 'encoded-json')).toBe(
      'magic:biometric-poor-quality',
    );
    for (const broken of ['{', encoded(), 'bnVsbA'])
      expect(await show(broken, AMINA, 'encoded-json')).toBe('error:auth_failed');
    expect(await show('1', AMINA, 'number')).toBe('error:auth_failed');
  });

  it('that are too poor count as no try, others do', async () => {
    const { linkedTransactionId } = await bench.begin('t-poor');
    for (let time = 0; time < 6; time += 1) await bench.showBody(linkedTransactionId, 'BIO-POOR-QUALITY');
    expect(ruleOf(await bench.showBody(linkedTransactionId, 'BIO-MATCH'))).toBe('magic:biometric-match');
    const other = await bench.begin('t-wrong');
    for (let time = 0; time < 5; time += 1) await bench.showBody(other.linkedTransactionId, 'BIO-NO-MATCH');
    const answer = await bench.showBody(other.linkedTransactionId, 'BIO-MATCH');
    expect(ruleOf(answer)).toBe('error:invalid_transaction');
  });

  it('that are too poor are not enrolled: nothing of the packet is kept', async () => {
    const refused = await bench.enroll(AMINA, 'BIO-POOR-QUALITY');
    expect(refused.status).toBe(200);
    expect(refused.body).toMatchObject({ response: [], errors: [{ errorCode: 'biometric_quality' }] });
    expect(ruleOf(await bench.enroll(AMINA, 'left thumb'))).toBe('received');
    expect(await show('left thumb')).toBe('biometric-enrolled');
  });

  it('keep a hash of each sample with the person', async () => {
    await bench.enroll(AMINA, 'left thumb');
    const kept = await bench.block.state.get(WORKSPACE, 'biometrics', AMINA);
    expect(kept?.doc).toEqual({
      _id: AMINA,
      individualId: AMINA,
      templates: [{ template: expect.any(String), type: 'FINGER', subtype: ['Left', 'Thumb'] }],
    });
    expect(JSON.stringify(kept)).not.toContain('left thumb');
  });

  it('prove who somebody is when a wallet is bound', async () => {
    const bind = (challenge: string) =>
      bench.send(
        'POST',
        '/wallet-binding',
        {
          requestTime: '2025-03-01',
          request: {
            individualId: AMINA,
            authFactorType: 'WLA',
            format: 'jwt',
            challengeList: [{ authFactorType: 'BIO', challenge, format: 'alpha-numeric' }],
            publicKey: { kty: 'RSA', e: 'AQAB', n: Buffer.alloc(256, 0xab).toString('base64url') },
          },
        },
        { 'partner-id': 'maker', 'partner-api-key': 'any' },
      );
    expect(ruleOf(await bind('BIO-NO-MATCH'))).toBe('error:invalid_auth_challenge');
    expect(ruleOf(await bind('BIO-MATCH'))).toBe('bound');
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { AMINA, errorOf, openIdentityBench, type IdentityBench } from './identity-bench.js';

let bench: IdentityBench;
beforeEach(async () => {
  bench = await openIdentityBench();
});

describe('signing in through a linked wallet', () => {
  it('authenticates a known person with the right one-time password', async () => {
    const { linkCode, linkedTransactionId } = await bench.begin('t-1');
    const status = await bench.post('/linked-authorization/link-status', { transactionId: 't-1', linkCode });
    expect(status).toMatchObject({
      response: { linkStatus: 'LINKED' },
      responseTIme: '2025-03-01T08:00:00.000Z',
    });
    await expect(bench.authenticate(linkedTransactionId)).resolves.toEqual({
      responseTime: '2025-03-01T08:00:00.000Z',
      response: { linkedTransactionId },
      errors: [],
    });
  });

  it('refuses a wrong password, an unknown person and an unknown transaction, each with its code', async () => {
    const { linkedTransactionId } = await bench.begin('t-1');
    expect(errorOf(await bench.authenticate(linkedTransactionId, AMINA, '222222'))).toBe('auth_failed');
    expect(errorOf(await bench.authenticate(linkedTransactionId, '0000000000'))).toBe('invalid_identifier');
    expect(errorOf(await bench.authenticate('none'))).toBe('invalid_transaction_id');
    expect(errorOf(await bench.authenticate(linkedTransactionId))).toBeUndefined();
  });

  it('refuses other factors and other numbers of challenges', async () => {
    const { linkedTransactionId } = await bench.begin('t-1');
    const send = (challengeList: readonly object[]) =>
      bench.post('/linked-authorization/authenticate', {
        linkedTransactionId,
        individualId: AMINA,
        challengeList: challengeList.map((challenge) => ({ ...challenge })),
      });
    const otp = { authFactorType: 'OTP', challenge: '111111', format: 'number' };
    expect(errorOf(await send([]))).toBe('invalid_no_of_challenges');
    expect(errorOf(await send([otp, otp]))).toBe('invalid_no_of_challenges');
    expect(errorOf(await send([{ ...otp, authFactorType: 'BIO' }]))).toBe('auth_failed');
    expect(errorOf(await send([{ ...otp, format: 'jwt' }]))).toBe('auth_failed');
  });

  it('ends a transaction after five wrong passwords', async () => {
    const { linkedTransactionId } = await bench.begin('t-1');
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(errorOf(await bench.authenticate(linkedTransactionId, AMINA, '000000'))).toBe('auth_failed');
    expect(errorOf(await bench.authenticate(linkedTransactionId))).toBe('invalid_transaction');
    const code = await bench.post('/linked-authorization/link-code', { transactionId: 't-1' });
    expect(errorOf(code)).toBe('invalid_transaction');
  });

  it('refuses a link code that is unknown or expired on the workspace clock', async () => {
    expect(errorOf(await bench.post('/linked-authorization/link-transaction', { linkCode: 'x' }))).toBe(
      'invalid_link_code',
    );
    const code = await bench.post('/linked-authorization/link-code', { transactionId: 't-1' });
    bench.clock.forward(600_000);
    const linked = await bench.post('/linked-authorization/link-transaction', {
      linkCode: code.response?.linkCode,
    });
    expect(errorOf(linked)).toBe('invalid_link_code');
  });

  it('says when a code is not taken up, or not known', async () => {
    const code = await bench.post('/linked-authorization/link-code', { transactionId: 't-1' });
    const status = (transactionId: string, linkCode: string) =>
      bench.post('/linked-authorization/link-status', { transactionId, linkCode });
    expect(errorOf(await status('t-1', code.response?.linkCode ?? ''))).toBe('response_timeout');
    expect(errorOf(await status('t-1', 'other'))).toBe('invalid_link_code');
    expect(errorOf(await status('none', 'other'))).toBe('invalid_transaction_id');
  });

  it('refuses transaction ids and clients that cannot be', async () => {
    const code = (request: object) => bench.post('/linked-authorization/link-code', { ...request });
    expect(errorOf(await code({ transactionId: 'a b' }))).toBe('invalid_transaction_id');
    expect(errorOf(await code({ transactionId: 't', clientId: 'nobody' }))).toBe('invalid_request');
    expect(errorOf(await code({ transactionId: 't', redirectUri: 'https://evil.example/' }))).toBe(
      'invalid_request',
    );
    expect(errorOf(await code({}))).toBe('invalid_request');
  });

  it('gives one code under one Idempotency-Key', async () => {
    const body = { requestTime: 'now', request: { transactionId: 't-1' } };
    const headers = { 'x-xsrf-token': 'any', 'idempotency-key': 'k' };
    const first = await bench.send('POST', '/linked-authorization/link-code', body, headers);
    const again = await bench.send('POST', '/linked-authorization/link-code', body, headers);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replay']).toBe('true');
  });

  it('answers a request without its CSRF header as the document says: 200 with errors', async () => {
    const answer = await bench.send('POST', '/linked-authorization/link-code', {
      requestTime: 'x',
      request: { transactionId: 't' },
    });
    expect(answer).toMatchObject({ status: 200, body: { errors: [{ errorCode: 'invalid_request' }] } });
  });
});

describe('enrollment', () => {
  it('keeps a packet once and answers its receipt', async () => {
    const body = { id: 'mosip', request: { id: 'packet-1', refId: 'r', fields: { fullName: 'A' } } };
    const first = await bench.send('PUT', '/enrollment', body);
    expect(first.body).toMatchObject({ id: 'mosip', response: [{ id: 'packet-1', refId: 'r' }], errors: [] });
    bench.clock.forward(60_000);
    const again = await bench.send('PUT', '/enrollment', body);
    expect(again.headers['x-sandbox-rule']).toBe('repeated');
    expect((again.body as { response: unknown }).response).toEqual(
      (first.body as { response: unknown }).response,
    );
    const bad = await bench.send('PUT', '/enrollment', { request: {} });
    expect(bad).toMatchObject({ status: 200, body: { errors: [{ errorCode: 'invalid_request' }] } });
  });
});

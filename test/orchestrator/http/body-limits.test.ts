import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createBench } from './api-bench.js';
import { somebody } from './api-people.js';

const padded = (megabytes: number): string => JSON.stringify({ pad: 'x'.repeat(megabytes * 1024 * 1024) });

function post(path: string, body: string, signedIn: boolean): request.Test {
  const asking = request(createBench().app).post(`/api/v1${path}`).set('content-type', 'application/json');
  if (signedIn) void asking.set('x-test-principal', JSON.stringify(somebody('administrator')));
  return asking.send(body);
}

describe('how large a body may be', () => {
  it.each([
    ['/clock', 11, true, 413, '10 MB'],
    ['/workspaces/join', 1, false, 413, '100 KB'],
    ['/cases', 1, false, 413, '100 KB'],
    ['/callbacks/run-1/token/name', 11, false, 413, '10 MB'],
    ['/blocks/payments/state/import', 51, true, 413, '50 MB'],
    ['/blocks/payments/state/import', 11, false, 413, '100 KB'],
  ])('%s with %i MB, signed in: %s', async (path, size, signedIn, status, limit) => {
    const { body } = await post(path, padded(size), signedIn).expect(status);
    expect(body).toMatchObject({ code: 'GSB-REQ-004', detail: `The body is larger than ${limit}.` });
  });

  it('lets imports be larger than the rest', async () => {
    const { body } = await post('/blocks/payments/state/import', padded(11), true);
    expect(body.code).not.toBe('GSB-REQ-004');
  });
});

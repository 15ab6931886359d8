import { describe, expect, it } from '@jest/globals';
import { paymentOutcomes } from '../../../mocks/payments/outcomes.js';
import { createPaymentWorld, instruction } from './payment-world.js';

describe('the table of outcomes', () => {
  it.each(paymentOutcomes)('is true for $suffix ($outcome)', async ({ suffix, inBatch }) => {
    const world = await createPaymentWorld();
    await world.register(['P', '00', `BA-${suffix}`]);
    await world.handOver([instruction('I1', 'P')]);
    await world.runJobs();
    const query = { 'X-CorrelationID': 'CORR-1' };
    const read = async () => {
      const { body } = await world.request('GET', '/api/v1/batch/detail', {
        query,
        headers: { 'platform-tenantid': 't' },
      });
      return (body as unknown as { status: string }[]).map(({ status }) => status);
    };
    const [firstStatus] = await read();
    if (!inBatch.includes('then')) {
      expect(firstStatus).toBe(inBatch);
      return;
    }
    await world.handOver([instruction('I2', 'P')]);
    await world.runJobs();
    expect((await read()).sort()).toEqual(['COMPLETED', 'FAILED']);
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { ConnectionLostError } from '../../../contracts/block.js';
import { createPaymentWorld, CALLBACK, instruction, type PaymentWorld } from './payment-world.js';

let world: PaymentWorld;
beforeEach(async () => {
  world = await createPaymentWorld();
  await world.register(['P-OK', '00', 'BA-9'], ['P-CLOSED', '01', '+9990002'], ['P-VOUCHER', '02', '']);
});

const validate = (addresses: readonly string[]) =>
  world.request('POST', '/beneficiaries', {
    query: { command: 'validate' },
    headers: {
      'x-client-correlation-id': 'CORR-V',
      'x-registering-institution-id': 'MIN-SOCIAL',
      'x-callback-url': CALLBACK,
    },
    body: {
      batchId: 'PLAN-1',
      destinationDFSPID: 'PAYMENTS',
      creditInstructions: addresses.map((financialAddress, index) => ({
        instructionID: `I${index}`,
        financialAddress,
      })),
    },
  });
const result = () => world.kit.callbacks.at(-1)?.callback;

describe('validation before a payment', () => {
  it('answers 202, then calls back with those who could not be paid', async () => {
    const answer = await validate(['P-OK', 'P-CLOSED', 'P-VOUCHER', 'P-NOBODY', 'BB-500', 'BB-0001']);
    expect(answer.status).toBe(202);
    await world.runJobs();
    expect(result()).toMatchObject({
      operationId: 'beneficiariesValidated',
      url: CALLBACK,
      body: { clientCorrelationId: 'CORR-V', batchId: 'PLAN-1', numberOfFailedCases: 4 },
    });
    const body = result()?.body as { failedAccountLookups: { instructionID: string }[] };
    expect(body.failedAccountLookups.map(({ instructionID }) => instructionID).sort()).toEqual([
      'I1',
      'I2',
      'I3',
      'I5',
    ]);
  });

  it('waits for an institution that does not answer', async () => {
    let lost = 0;
    world.kit.answerServices((workspace, call) => {
      lost += 1;
      if (lost === 1) throw new ConnectionLostError('down', true);
      return world.deliver(workspace, call);
    });
    await validate(['P-OK']);
    expect(await world.runJobs()).toBe(2);
    expect(result()?.body).toMatchObject({ numberOfFailedCases: 0 });
  });

  it('refuses an address beyond the published 20 characters', async () => {
    expect((await validate(['X'.repeat(21)])).status).toBe(400);
  });
});

describe('authorisation of a batch', () => {
  const ask = (batchId: string, amount: number, headers = {}) =>
    world.request('POST', `/batches/${batchId}`, {
      query: { command: 'authorize' },
      headers: { 'x-client-correlation-id': 'CORR-A', ...headers },
      body: { batchID: batchId, payerIdentifier: 'GOV-TREASURY', currency: 'EUR', amount },
    });

  it('says Y or N by callback, and sets nothing aside', async () => {
    const headers = { 'x-callback-url': CALLBACK };
    expect((await ask('PLAN-1', 5000, headers)).status).toBe(202);
    await world.runJobs();
    expect(result()?.body).toEqual({
      clientCorrelationId: 'CORR-A',
      status: 'Y',
      reason: expect.any(String),
    });
    await ask('PLAN-2', 5_000_000, headers);
    await world.runJobs();
    expect(result()?.body).toMatchObject({ status: 'N', reason: expect.stringContaining('insufficient') });
    expect(await world.balance('BANK-A', 'GOV-TREASURY')).toBe(1_000_000);
  });

  it("goes to the batch's own URL, and needs one for a batch not handed over yet", async () => {
    expect((await ask('PLAN-1', 5)).status).toBe(400);
    const { body } = await world.handOver([instruction('I1', 'P-OK')]);
    await world.runJobs();
    expect((await ask((body as { batchId: string }).batchId, 10)).status).toBe(202);
    await world.runJobs();
    expect(result()).toMatchObject({ url: CALLBACK, operationId: 'batchAuthorized', body: { status: 'Y' } });
  });
});

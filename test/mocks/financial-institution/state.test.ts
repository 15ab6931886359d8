import type { JsonObject } from '../../../contracts/json.js';
import { createFinancialInstitutionBlock } from '../../../mocks/financial-institution/block.js';
import { expectBody, stateSuite, type Call } from '../state.suite.js';

const BANK = '/institutions/BANK-A';

async function credit(call: Call, instructionId: string, amount: number): Promise<void> {
  const instructions = [{ instructionId, account: 'BA-77', amount, currency: 'EUR' }];
  const headers = { 'x-client-correlation-id': 'c1' };
  expectBody(await call('POST', `${BANK}/credits`, { body: { batchId: 'B1', instructions }, headers }));
}

stateSuite('financial institution', {
  create: createFinancialInstitutionBlock,
  things: [
    {
      name: 'an account',
      create: async (call) => {
        await credit(call, 'i1', 10);
        return 'BA-77';
      },
      read: async (call, id) => {
        const answer = await call('GET', `${BANK}/accounts/${id}`);
        return answer.status === 404 ? undefined : expectBody<JsonObject>(answer);
      },
      created: { account: 'BA-77', balance: 10, currency: 'EUR' },
      update: { run: (call) => credit(call, 'i2', 5), expected: { balance: 15 } },
    },
  ],
});

import { describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../../../cli/api-client.js';
import { checkMessages } from '../../../cli/scenario/expectations.js';
import type { JsonObject } from '../../../contracts/json.js';

const unused = (): never => {
  throw new Error('not asked for here');
};
/** A trainer whose workspace holds these messages. */
const holding = (messages: readonly JsonObject[]): ApiClient => ({
  get: async <T>() => ({ messages }) as T,
  post: unused,
  put: unused,
  delete: unused,
  stream: unused,
});
const expectation = (count: number) =>
  ({ say: 'It came.', do: 'expect-messages', to: '+15550101', contains: 'RECEIPT', count }) as const;
const message = (status: string, reason?: string): JsonObject => ({
  text: 'TRAINING RECEIPT',
  status,
  ...(reason === undefined ? {} : { reason }),
});

describe('the messages that a scenario expects', () => {
  it('are those that reached the number and contain the text', async () => {
    const trainer = holding([
      message('delivered'),
      message('processing'),
      { text: 'Welcome', status: 'delivered' },
    ]);
    await expect(checkMessages(trainer, expectation(2))).resolves.toBeUndefined();
    await expect(checkMessages(trainer, expectation(3))).rejects.toThrow(
      '2 such messages reached +15550101, not 3',
    );
  });

  it('are none that were refused or bounced, and it says why', async () => {
    const trainer = holding([message('notSent', 'the number is not reserved'), message('bounced', 'gone')]);
    await expect(checkMessages(trainer, expectation(0))).resolves.toBeUndefined();
    await expect(checkMessages(trainer, expectation(1))).rejects.toThrow(
      '0 such messages reached +15550101, not 1; one did not reach it: the number is not reserved; one did not reach it: gone',
    );
  });
});

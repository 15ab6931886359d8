import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../../../contracts/logger.js';
import { createRevival, type Revival } from '../../../infra/documents/mongo/revival.js';

const away = Object.assign(new Error('no server'), { name: 'MongoServerSelectionError' });
const duplicate = Object.assign(new Error('twice'), { code: 11000 });

/** A store whose operations do as told, at the time told. */
function setUp({
  answers = true,
  reconnect = () => Promise.resolve(),
}: {
  readonly answers?: boolean;
  readonly reconnect?: () => Promise<void>;
} = {}) {
  const seen = { asked: 0, reconnected: 0 };
  let time = 0;
  const revival: Revival = createRevival({
    answersOthers: async () => {
      seen.asked += 1;
      return answers;
    },
    reconnect: async () => {
      seen.reconnected += 1;
      await reconnect();
    },
    now: () => time,
    logger: silentLogger,
    silentMs: 60_000,
  });
  const operation = async (at: number, error?: Error): Promise<void> => {
    time = at;
    const work = revival.during(async () => {
      if (error) throw error;
      return 'done';
    });
    if (error) await expect(work).rejects.toBe(error);
    else expect(await work).toBe('done');
    await revival.settled();
  };
  return { seen, operation };
}

describe('a driver that does not reach its server any more', () => {
  it('begins anew once nothing has succeeded for a minute though the server answers others', async () => {
    const { seen, operation } = setUp();
    await operation(0, away);
    await operation(59_999, away);
    expect(seen).toEqual({ asked: 0, reconnected: 0 });
    await operation(60_000, away);
    expect(seen).toEqual({ asked: 1, reconnected: 1 });
  });

  it('is left alone while the server answers nobody, and asked after again a minute later', async () => {
    const { seen, operation } = setUp({ answers: false });
    for (const at of [0, 60_000, 61_000, 120_999, 121_000]) await operation(at, away);
    expect(seen).toEqual({ asked: 2, reconnected: 0 });
  });

  it.each([
    ['a success', undefined],
    ['a refusal, which is an answer', duplicate],
  ])('is not doubted after %s', async (_, error) => {
    const { seen, operation } = setUp();
    await operation(0, away);
    await operation(30_000, error);
    await operation(60_000, away);
    await operation(119_999, away);
    expect(seen.asked).toBe(0);
  });

  it('is tried again when the reconnection failed', async () => {
    const { seen, operation } = setUp({
      reconnect: () => Promise.reject(away),
    });
    for (const at of [0, 60_000, 60_001, 120_001]) await operation(at, away);
    expect(seen.reconnected).toBe(2);
  });

  it('reconnects once for many operations that fail together', async () => {
    const { seen, operation } = setUp();
    await operation(0, away);
    await Promise.all([operation(60_000, away), operation(60_000, away), operation(60_000, away)]);
    expect(seen.reconnected).toBe(1);
  });
});

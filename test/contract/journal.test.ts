import { expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { FollowedRecord } from '../../contracts/journal.js';
import { silentLogger } from '../../contracts/logger.js';
import { openDatabase } from '../../infra/embedded/open-database.js';
import { createEmbeddedJournal } from '../../infra/journal/embedded/embedded-journal.js';
import { createMemoryJournal } from '../../infra/memory/memory-journal.js';
import { createRedisJournal } from '../../infra/journal/redis/redis-journal.js';
import { journalContract } from './journal.suite.js';
import { withService } from './services.js';
import { testTemplate } from './template.js';

journalContract('memory', async () => createMemoryJournal(), { shared: false });

journalContract(
  'embedded',
  async () => {
    const database = await openDatabase({ templateFile: await testTemplate(), logger: silentLogger });
    const journal = createEmbeddedJournal({ database });
    return {
      ...journal,
      close: async () => {
        await journal.close();
        await database.close();
      },
    };
  },
  { shared: false },
);

withService('journal: redis, with a log that was cut', 'SANDBOX_TEST_REDIS_URL', (url) => {
  it('hands a follower with an old cursor everything, in order', async () => {
    const prefix = `gsb-test-${process.pid}-cut:`;
    const journal = await createRedisJournal({ url, prefix, logger: silentLogger, keepInLog: 100 });
    const redis = new Redis(url);
    let last = 0;
    const append = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n += 1)
        await journal.append(`w/run/${last % 7}`, 'any', [{ event: (last += 1) }]);
    };
    await append(1_000);
    while ((await redis.get(`${prefix}trimmed`)) === null || (await redis.xlen(`${prefix}log`)) > 300)
      await append(1);
    const total = last + 50;
    const heard: FollowedRecord[] = [];
    let enough: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (enough = resolve));
    const follower = await journal.follow(
      (record) => {
        heard.push(record);
        if (heard.length === total) enough();
      },
      { fromPosition: '0-0', streamPrefix: 'w/' },
    );
    await append(50);
    await all;
    const numbers = heard.map(({ event }) => Number(event));
    expect(numbers).toEqual(Array.from({ length: total }, (_, n) => n + 1));
    await follower.close();
    await journal.deleteByPrefix('');
    await redis.del(`${prefix}trimmed`, `${prefix}log`);
    await Promise.all([journal.close(), redis.quit()]);
  });
});

withService('journal: redis', 'SANDBOX_TEST_REDIS_URL', (url) => {
  journalContract(
    'redis',
    () => createRedisJournal({ url, prefix: `gsb-test-${process.pid}:`, logger: silentLogger }),
    {
      shared: true,
    },
  );
});

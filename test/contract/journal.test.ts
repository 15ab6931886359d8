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

withService('journal: redis', 'SANDBOX_TEST_REDIS_URL', (url) => {
  journalContract(
    'redis',
    () => createRedisJournal({ url, prefix: `gsb-test-${process.pid}:`, logger: silentLogger }),
    {
      shared: true,
    },
  );
});

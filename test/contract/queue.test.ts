import { silentLogger } from '../../contracts/logger.js';
import { openDatabase } from '../../infra/embedded/open-database.js';
import { createMemoryQueues } from '../../infra/memory/memory-queues.js';
import { createEmbeddedQueues } from '../../infra/queue/embedded/embedded-queues.js';
import { createRedisQueues } from '../../infra/queue/redis/redis-queues.js';
import { queueContract } from './queue.suite.js';
import { withService } from './services.js';
import { testTemplate } from './template.js';

const retry = { attempts: 3, waitMs: () => 20 };

queueContract('memory', async () => createMemoryQueues({ attempts: 3 }), { attempts: 3 });

queueContract(
  'embedded',
  async () => {
    const database = await openDatabase({ templateFile: await testTemplate(), logger: silentLogger });
    const queues = await createEmbeddedQueues({ database, logger: silentLogger, retry });
    return {
      ...queues,
      close: async () => {
        await queues.close();
        await database.close();
      },
    };
  },
  { attempts: 3 },
);

withService('queue: redis', 'SANDBOX_TEST_REDIS_URL', (url) => {
  queueContract(
    'redis',
    () => createRedisQueues({ url, prefix: `gsb-test-${process.pid}`, logger: silentLogger, retry }),
    { attempts: 3 },
  );
});

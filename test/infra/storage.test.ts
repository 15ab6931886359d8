import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { silentLogger } from '../../contracts/logger.js';
import { withoutPassword } from '../../infra/address.js';
import { openServiceStorage, openStorage } from '../../infra/storage.js';
import { testTemplate } from '../contract/template.js';

describe('storage', () => {
  let server: Server;
  let closedPort: number;

  beforeAll(async () => {
    // A port that was free a moment ago: nobody answers there.
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    closedPort = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
  });

  it('is embedded when no service is named', async () => {
    const storage = await openStorage({ templateFile: await testTemplate(), logger: silentLogger });
    expect(storage.description).toEqual({
      documents: 'embedded, in memory',
      journal: 'embedded, in memory',
      queues: 'embedded, in memory',
    });
    expect(await storage.documents.collection('c').put({ _id: 'a' })).toBe(1);
    expect(await storage.journal.append('s', 0, [{ event: 1 }])).toEqual({ kind: 'appended', version: 1 });
    const worked = new Promise((resolve) => {
      storage.queues.work('q', 1, (job) => {
        resolve(job.data);
        return Promise.resolve();
      });
    });
    await storage.queues.queue('q').enqueue('n', { x: 1 });
    expect(await worked).toEqual({ x: 1 });
    await storage.close();
    await storage.close();
  });

  it('names REDIS_URL and its address, without the password, when nobody answers there', async () => {
    const redisUrl = `redis://user:secret@127.0.0.1:${closedPort}/0`;
    const error = await openStorage({ redisUrl, logger: silentLogger }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'GSB-CFG-007',
      detail: expect.stringMatching(new RegExp(`REDIS_URL.*127.0.0.1:${closedPort}`)),
    });
    expect((error as { detail: string }).detail).not.toContain('secret');
  });

  it('names MONGODB_URI and its address, without the password, when nobody answers there', async () => {
    const error = await openServiceStorage({
      mongoUri: `mongodb://user:secret@127.0.0.1:${closedPort}/sandbox?authSource=admin`,
      redisUrl: `redis://127.0.0.1:${closedPort}`,
      logger: silentLogger,
    }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'GSB-CFG-007',
      detail: expect.stringMatching(new RegExp(`MONGODB_URI.*127.0.0.1:${closedPort}`)),
    });
    expect((error as { detail: string }).detail).not.toContain('secret');
  });

  it('shows addresses without what is secret in them', () => {
    expect(withoutPassword('redis://u:p@host:1/2')).toBe('redis://host:1/2');
    expect(withoutPassword('mongodb://u:p%40x@a:1,b:2/db?ssl=true&password=x')).toBe('mongodb://a:1,b:2/db');
    expect(withoutPassword('redis://host')).toBe('redis://host');
  });

  afterAll(() => {
    server.close();
  });
});

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { backUp, migrateTo, restore } from '../../../app/backup/backup.js';
import type { SandboxConfig } from '../../../app/config.js';
import { silentLogger } from '../../../contracts/logger.js';
import { withServices } from '../../contract/services.js';
import { begin, configOf, goOn, wentOn, writeWaitingUseCase } from './waiting-installation.js';

let folder: string;
let useCases: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profiles-'));
  useCases = await writeWaitingUseCase();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await rm(useCases, { recursive: true, force: true });
});

type Place = () => Promise<SandboxConfig>;
const embedded: Place = () => configOf(join(folder, randomUUID()));

/** One suite for every way that data can take: what waited before goes on after it, and what was there stays. */
function moves(from: readonly [string, Place], to: readonly [string, Place]): void {
  describe(`a backup of ${from[0]}, restored on ${to[0]}`, () => {
    it('lets go on what waited for a person, a date and an event', async () => {
      const [source, target] = [await from[1](), await to[1]()];
      await begin(source, useCases);
      const file = join(folder, `${randomUUID()}.gz`);
      const taken = await backUp(source, silentLogger, file);
      expect(taken.counts).toMatchObject({ workspaces: 1, documents: expect.any(Number) });
      const restored = await restore(target, silentLogger, file, false);
      expect(restored.counts).toEqual(taken.counts);
      expect(await goOn(target, useCases)).toEqual(wentOn);
      // Something is there now: only who says so puts it aside.
      await expect(restore(target, silentLogger, file, false)).rejects.toMatchObject({ code: 'GSB-REQ-003' });
      await restore(target, silentLogger, file, true);
      expect(await goOn(target, useCases)).toEqual(wentOn);
    }, 240_000);

    it('is what a migration does, and leaves the source as it was', async () => {
      const [source, target] = [await from[1](), await to[1]()];
      await begin(source, useCases);
      await migrateTo(source, target, silentLogger, false);
      expect(await goOn(target, useCases)).toEqual(wentOn);
      expect(await goOn(source, useCases)).toEqual(wentOn);
    }, 240_000);
  });
}

moves(['the embedded profile', embedded], ['another data folder', embedded]);

withServices(
  'backups of the services profile',
  ['SANDBOX_TEST_REDIS_URL', 'SANDBOX_TEST_MONGODB_URI'],
  ({ SANDBOX_TEST_REDIS_URL, SANDBOX_TEST_MONGODB_URI }) => {
    /** Databases of the Redis server that no other suite uses: each installation has one of its own. */
    const numbers = Array.from({ length: 6 }, (_, index) => 10 + index);
    const services: Place = async () => {
      const redis = new URL(SANDBOX_TEST_REDIS_URL);
      // Round and round: no test needs more than two at a time.
      const number = numbers.shift()!;
      numbers.push(number);
      redis.pathname = `/${number}`;
      const client = new Redis(redis.href);
      await client.flushdb();
      await client.quit();
      const mongo = new URL(SANDBOX_TEST_MONGODB_URI);
      mongo.pathname = `/backup-${randomUUID().slice(0, 8)}`;
      return configOf(join(folder, randomUUID()), { REDIS_URL: redis.href, MONGODB_URI: mongo.href });
    };
    const names = { embedded: 'the embedded profile', services: 'Redis and MongoDB' };
    moves([names.embedded, embedded], [names.services, services]);
    moves([names.services, services], [names.embedded, embedded]);
    moves([names.services, services], ['another Redis and MongoDB', services]);
  },
);

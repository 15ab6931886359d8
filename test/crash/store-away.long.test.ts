import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../cli/free-port.js';
import type { Case } from '../../contracts/case.js';
import type { Run } from '../../contracts/run.js';
import { lookAtMachine } from '../../app/doctor/machine.js';
import { createBrowser } from '../contract/browser.js';
import { withServices } from '../contract/services.js';
import { buildSandbox, openCrashSession, type CrashSession } from './crash-session.js';
import { createMongoProcess } from './mongo-process.js';
import { startRedis, type RedisProcess } from './redis-process.js';
import type { ServiceProcess } from './service-process.js';
import { createWorkerProcess, type WorkerProcess } from './worker-process.js';

/** Longer than any answer may take: the stores give up after three and five seconds. */
const AT_MOST_MS = 20_000;
/** Longer than anything takes to go on once the stores are back. */
const BACK_WITHIN_MS = 60_000;

/** Their servers are their own, since they are stopped; those of CI only tell that the machine can have them. */
withServices('a store that is away', ['SANDBOX_TEST_REDIS_URL', 'SANDBOX_TEST_MONGODB_URI'], () => {
  let redis: RedisProcess;
  let mongo: ServiceProcess & { readonly uri: string };
  let session: CrashSession;
  let worker: WorkerProcess;
  let folder: string;
  let watched: string;
  let citizen: string;
  let clerk: string;

  beforeAll(async () => {
    await buildSandbox();
    folder = await mkdtemp(join(tmpdir(), 'away-'));
    redis = await startRedis();
    mongo = createMongoProcess({ port: await freePort(), folder: join(folder, 'mongo') });
    await mongo.start();
    const variables = { REDIS_URL: redis.url, MONGODB_URI: mongo.uri };
    session = await openCrashSession(variables);
    const { sandbox, access, trainer } = session;
    const port = await freePort();
    watched = `http://127.0.0.1:${port}`;
    worker = createWorkerProcess(
      'worker',
      {
        ...variables,
        SANDBOX_SERVER_URL: sandbox.origin,
        PUBLIC_URL: sandbox.origin.replace('127.0.0.1', 'localhost'),
      },
      ['--metrics-port', String(port)],
    );
    await worker.start();
    citizen = await access.tokenOf('amina');
    clerk = await access.tokenOf(trainer);
  }, 180_000);
  afterAll(async () => {
    await worker.stop();
    await session.close();
    await mongo.stop();
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  /** One request, as somebody sends it who does not wait for ever. */
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(path.startsWith('http') ? path : `${session.sandbox.origin}${path}`, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(AT_MOST_MS),
    });
  }
  const api = (path: string, init: RequestInit = {}): Promise<Response> =>
    ask(`/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${clerk}` } });
  let keys = 0;
  /** The same key is the same complaint, however often it is sent. */
  const complain = (key = `complaint-${(keys += 1)}`): Promise<Response> =>
    ask('/api/v1/cases', {
      method: 'POST',
      headers: { authorization: `Bearer ${citizen}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        useCase: 'usct',
        kind: 'grievance',
        key,
        input: { about: 'conduct', text: 'Training: nobody came.', phone: '+15550101' },
      }),
    });
  async function expectAway(answer: Response): Promise<void> {
    const body: unknown = await answer.json();
    expect([answer.status, body]).toEqual([503, expect.objectContaining({ code: 'GSB-STO-001' })]);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
  }
  async function expectWaiting(away: readonly string[]): Promise<void> {
    for (const place of [session.sandbox.origin, watched]) {
      const ready = await ask(`${place}/ready`);
      expect([ready.status, await ready.json()]).toEqual([
        503,
        expect.objectContaining({ status: 'waiting', away }),
      ]);
      expect((await ask(`${place}/health`)).status).toBe(200);
    }
    const { port } = new URL(session.sandbox.origin);
    const facts = await lookAtMachine({ port: Number(port), host: '127.0.0.1' });
    expect(facts.storesAway).toEqual(away);
  }
  /** Says what it waited for, and what it saw last, instead of waiting for ever. */
  async function until(what: string, look: () => Promise<true | string>): Promise<void> {
    const end = performance.now() + BACK_WITHIN_MS;
    let seen = await look();
    while (seen !== true) {
      if (performance.now() > end) throw new Error(`${what}: ${seen}\n${mongo.printed()}`);
      await pause(50);
      seen = await look();
    }
  }
  async function untilReady(): Promise<void> {
    for (const place of [session.sandbox.origin, watched])
      await until(`${place} is ready`, async () => {
        const answer = await ask(`${place}/ready`);
        return answer.status === 200 || (await answer.text());
      });
  }
  async function casesOf(): Promise<ReadonlyMap<string, Case>> {
    const { cases } = (await (await api('/cases?limit=100')).json()) as { cases: readonly Case[] };
    return new Map(cases.map((one) => [one.id, one]));
  }
  async function untilHeard(runId: string): Promise<void> {
    await until(`${runId} goes on`, async () => {
      const { run } = (await (await api(`/runs/${runId}`)).json()) as { run: Run };
      expect(run.status).not.toBe('parked');
      return run.status === 'waiting' || run.status === 'completed' || run.status;
    });
  }

  describe('while Redis is away', () => {
    it('requests are refused in time, and work goes on by itself afterwards', async () => {
      const opened = (await (await complain()).json()) as { case: Case; runId: string };
      const known = (await casesOf()).size;
      await redis.kill();
      const begun = performance.now();
      const [written, read] = await Promise.all([complain('one'), api(`/runs/${opened.runId}/events`)]);
      await expectAway(written);
      await expectAway(read);
      expect(performance.now() - begun).toBeLessThan(AT_MOST_MS);
      await expectWaiting(['journal', 'queue']);
      await expectAway(await complain('two'));
      await redis.start();
      await untilReady();
      await untilHeard(opened.runId);
      for (const key of ['one', 'two', 'one']) {
        const again = await complain(key);
        expect(again.status).toBe(201);
        await untilHeard(((await again.json()) as { runId: string }).runId);
      }
      const cases = await casesOf();
      expect(cases.has(opened.case.id)).toBe(true);
      expect(cases.size).toBe(known + 2);
    }, 240_000);

    it('a restart that is over in a moment is waited for', async () => {
      await redis.kill();
      const asked = complain();
      await redis.start();
      const answer = await asked;
      expect(answer.status).toBe(201);
      await untilReady();
    }, 60_000);
  });

  describe('while the documents are away', () => {
    it('requests and sign-in are refused in time, and all goes on afterwards', async () => {
      const opened = (await (await complain()).json()) as { case: Case; runId: string };
      await mongo.kill();
      await expectWaiting(['documents']);
      const { origin } = session.sandbox;
      const expectPage = async (path: string): Promise<void> => {
        const page = await createBrowser().go(`${origin}${path}`);
        expect([path, page.status, page.headers.get('retry-after')]).toEqual([path, 503, '2']);
        expect(page.html).toContain('load this page again');
      };
      // Side by side: each waits its whole five seconds for the store.
      await Promise.all([
        complain().then(expectAway),
        api('/cases').then(expectAway),
        expectPage('/auth/login'),
        expectPage('/blocks/identity/authorize?client_id=govstack-sign-in'),
      ]);
      await mongo.start();
      await untilReady();
      await untilHeard(opened.runId);
      expect((await casesOf()).has(opened.case.id)).toBe(true);
      expect((await complain()).status).toBe(201);
    }, 240_000);
  });
});

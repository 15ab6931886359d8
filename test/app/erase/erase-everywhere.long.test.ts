import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { readConfig } from '../../../app/config.js';
import { loadUseCases } from '../../../app/read-use-cases.js';
import type { Case } from '../../../contracts/case.js';
import { freePort } from '../../../cli/free-port.js';
import { loadScenario } from '../../../cli/load-scenario.js';
import { playScenario } from '../../../cli/scenario/play.js';
import { openSession, trainerOf, type Session } from '../../../cli/session.js';
import { createApiClient } from '../../../cli/api-client.js';
import { clients } from '../../../contracts/identity.js';
import { createTerminalLogger } from '../../../cli/terminal-logger.js';
import { withServices } from '../../contract/services.js';
import { createMongoProcess } from '../../crash/mongo-process.js';
import { startRedis } from '../../crash/redis-process.js';
import { documentsOf, filesOf, keysOf, rowsOf, type Stored } from './all-that-is-stored.js';

const useCase = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct')!;
const SECRET = 'training-only-runtime-secret';
/** What the played scenario says of the applicant, and what she wrote. */
const TOLD = [
  '2001000017',
  'Amina Haddad',
  'Haddad',
  '+15550101',
  '15550101',
  '1988-03-14',
  'I understood each step',
];

let folder: string;
let closing: (() => Promise<unknown>)[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'erased-'));
  closing = [() => rm(folder, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
}, 60_000);

/** Where any of the values stands, as "place: value". */
function found(stored: Stored, values: readonly string[]): readonly string[] {
  const places = stored.flatMap(([place, text]) =>
    values.filter((value) => text.includes(value)).map((value) => `${place}: ${value}`),
  );
  return [...new Set(places)].sort();
}

/** The token of the installation's own account, which is an administrator. */
async function administratorsToken({ sandbox }: Session): Promise<string> {
  const answer = await fetch(`${sandbox.origin}/realms/govstack/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clients.runtime,
      client_secret: SECRET,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function play(session: Session): Promise<Case> {
  const cases = await playScenario({
    scenario: loadScenario(useCase, 'usct-demo'),
    manifest: useCase.manifest,
    as: (persona) => session.as(persona),
    trainer: trainerOf(useCase.personas),
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => performance.now(),
    onStep: () => undefined,
    occasion: 'erased',
  });
  const path = `/cases/${cases.get('application')?.id}`;
  return (await session.as(trainerOf(useCase.personas)).get<{ case: Case }>(path)).case;
}

/** All that the API hands out as a file, and what its lists show, by path. */
async function handedOut(session: Session, caseId: string): Promise<Stored> {
  const paths = [
    `/cases/${caseId}`,
    `/cases/${caseId}/export?payloads=true`,
    '/cases?limit=500',
    '/tasks',
    '/messages',
    '/ledger',
    '/message-log/export',
    '/audit?limit=500',
    '/workspaces/default/export?payloads=true',
    ...[...BLOCKS].flatMap((block) => [`/blocks/${block}/state/export`, `/blocks/${block}/journal`]),
  ];
  const answers: (readonly [string, string])[] = [];
  const trainer = await session.tokenOf(trainerOf(useCase.personas));
  for (const path of paths) answers.push([path, await fetched(`${session.root}/api/v1${path}`, trainer)]);
  answers.push([
    '/backup',
    await fetched(`${session.root}/api/v1/backup`, await administratorsToken(session)),
  ]);
  answers.push(['/metrics', await (await fetch(`${session.root}/metrics`)).text()]);
  return answers;
}
/** The text of an answer; of what is packed, what is in it. */
async function fetched(address: string, token: string): Promise<string> {
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  expect([address, answer.status]).toEqual([address, 200]);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
}

const BLOCKS = [
  'identity',
  'registration',
  'digital-registries',
  'consent',
  'payments',
  'financial-institution',
  'messaging',
  'scheduler',
  'information-mediator',
  'workflow',
];

function erasesEverywhere(
  profile: string,
  open: () => Promise<{
    readonly variables: Readonly<Record<string, string>>;
    /** All that is stored, of a sandbox that was closed. */
    readonly stored: (dataDir: string) => Promise<Stored>;
  }>,
): void {
  describe(`a person who was erased, ${profile}`, () => {
    it('is nowhere any more, and the chains hold', async () => {
      const { variables, stored } = await open();
      const dataDir = join(folder, 'data');
      const lines: string[] = [];
      const logger = createTerminalLogger('debug', { write: (line: string) => void lines.push(line) });
      const session = await openSession(readConfig(variables, { port: await freePort(), dataDir }), logger);
      let isOpen = true;
      closing.push(async () => {
        if (isOpen) await session.close();
      });
      const { person, id, facts } = await play(session);
      const trainer = session.as(trainerOf(useCase.personas));
      await trainer.post('/workspaces/default/snapshots', { name: 'before' });
      const { functionalId } = facts;
      if (typeof functionalId !== 'string') throw new Error(`no functional ID: ${JSON.stringify(facts)}`);
      const values = [...TOLD, functionalId];
      const before = await handedOut(session, id);
      for (const value of values.slice(0, 4)) expect(found(before, [value]).length).toBeGreaterThan(2);

      await createApiClient(`${session.root}/api/v1`, () => administratorsToken(session)).post(
        `/persons/${person}/erase`,
        { reason: 'asked for it' },
      );

      expect(found(await handedOut(session, id), values)).toEqual([]);
      const { verification } = await trainer.get<{ verification: { holds: boolean; sealed: number } }>(
        '/message-log',
      );
      expect(verification).toMatchObject({ holds: true });
      expect(verification.sealed).toBeGreaterThan(20);
      expect(await trainer.get('/audit/check')).toMatchObject({ intact: true });
      await session.close();
      isOpen = false;
      const left = await stored(dataDir);
      // It is looked for where the rest of the case still lies.
      expect(found(left, [id]).length).toBeGreaterThan(2);
      expect(found(left, values)).toEqual([]);
      expect(found([['log', lines.join('\n')]], values)).toEqual([]);
      expect(lines.length).toBeGreaterThan(50);
    }, 300_000);
  });
}

erasesEverywhere('on the embedded profile', () =>
  Promise.resolve({
    variables: {},
    stored: async (dataDir) => [...(await filesOf(dataDir)), ...(await rowsOf(dataDir))],
  }),
);

withServices('erasing on services', ['SANDBOX_TEST_REDIS_URL', 'SANDBOX_TEST_MONGODB_URI'], () => {
  // Servers of its own: nothing but this installation is in them.
  erasesEverywhere('on Redis and MongoDB', async () => {
    const redis = await startRedis();
    closing.push(() => redis.stop());
    const mongo = createMongoProcess({ port: await freePort(), folder: join(folder, 'mongo') });
    await mongo.start();
    closing.push(() => mongo.stop());
    return {
      variables: { REDIS_URL: redis.url, MONGODB_URI: mongo.uri },
      stored: async () => [
        ...(await keysOf(redis.url)),
        ...(await documentsOf(mongo.uri)),
        // What the guide tells operators to do for the file, which keeps what was overwritten for a while.
        ...(await rewrittenFile(redis.url)),
      ],
    };
  });
});

/** The append-only file of a Redis, after it was written anew. */
async function rewrittenFile(url: string): Promise<Stored> {
  const redis = new Redis(url);
  try {
    await redis.bgrewriteaof();
    const running = async (): Promise<boolean> =>
      /aof_rewrite_(?:in_progress|scheduled):1/.test(await redis.info('persistence'));
    while (await running()) await new Promise((resolve) => setTimeout(resolve, 20));
    const [, dir = ''] = (await redis.config('GET', 'dir')) as readonly string[];
    return await filesOf(join(dir, 'appendonlydir'));
  } finally {
    await redis.quit();
  }
}

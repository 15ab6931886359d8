import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../app/config.js';
import { loadUseCases } from '../../../app/read-use-cases.js';
import { freePort } from '../../../cli/free-port.js';
import { loadScenario } from '../../../cli/load-scenario.js';
import { playScenario } from '../../../cli/scenario/play.js';
import { openSession, trainerOf } from '../../../cli/session.js';
import { silentLogger, type Logger } from '../../../contracts/logger.js';
import { textOf } from '../../../contracts/json.js';
import { contentsOf } from '../../../infra/backup/contents.js';
import { openEmbeddedStorage } from '../../../infra/storage.js';
import { createServiceToken } from '../../../orchestrator/identity/machine-tokens.js';
import { testTemplate } from '../../contract/template.js';

/** Amina as she applies: name, telephone and mobile account, national ID. The functional ID is given to her on the way. */
const KNOWN = ['Amina Haddad', '+15550101', '2001000017'];

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'erase-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** Everything of the default workspace, whatever the store, and where it lies. */
async function whatIsKept(): Promise<readonly (readonly [string, string])[]> {
  const storage = await openEmbeddedStorage({
    dataDir,
    templateFile: await testTemplate(),
    logger: silentLogger,
  });
  try {
    const found: [string, string][] = [];
    for await (const item of contentsOf(storage))
      found.push([
        item.k === 'doc' ? `${item.c} ${item.d._id}` : item.k === 'log' ? item.s : item.q,
        JSON.stringify(item),
      ]);
    return found;
  } finally {
    await storage.close();
  }
}

/** The one account that may erase: the sandbox's own client. */
function administratorOf(origin: string): Promise<string> {
  return createServiceToken({
    tokenEndpoint: `${origin}/realms/govstack/protocol/openid-connect/token`,
    clientId: 'sandbox-runtime',
    clientSecret: 'training-only-runtime-secret',
    clock: { now: () => new Date() },
  })();
}

describe('erasing a person after the whole way from application to payment', () => {
  it('leaves name, telephone, account and IDs in no store and no log, and a chain that verifies', async () => {
    const lines: string[] = [];
    const note = (...said: readonly unknown[]): void => void lines.push(JSON.stringify(said));
    const logger: Logger = { debug: note, info: note, warn: note, error: note };
    const useCase = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct')!;
    const trainer = trainerOf(useCase.personas);
    const session = await openSession(readConfig({}, { port: await freePort(), dataDir }), logger);
    let functionalId: string;
    try {
      const cases = await playScenario({
        scenario: loadScenario(useCase),
        manifest: useCase.manifest,
        as: (persona) => session.as(persona),
        trainer,
        pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        now: () => performance.now(),
        onStep: () => undefined,
        occasion: 'erase',
      });
      const hers = [...cases.values()].find(({ facts }) => facts['functionalId'] !== undefined)!;
      functionalId = textOf(hers.facts['functionalId']);
      expect(functionalId).toMatch(/^\S{6,}$/);
      const before = await session
        .as(trainer)
        .get<{ events: readonly unknown[] }>(`/runs/${hers.runs[0]}/events`);
      expect(JSON.stringify(before.events)).not.toContain(functionalId);
      const erased = await fetch(`${session.root}/api/v1/persons/${hers.person}/erase`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await administratorOf(session.root)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ reason: 'a test of the right to be forgotten' }),
      });
      expect([erased.status, await erased.text()]).toEqual([200, expect.stringContaining('"erased"')]);
      const { verification } = await session
        .as(trainer)
        .get<{ verification: { holds: boolean; sealed: number } }>('/message-log');
      expect(verification).toMatchObject({ holds: true });
      expect(verification.sealed).toBeGreaterThan(20);
    } finally {
      await session.close();
    }
    const values = [...KNOWN, functionalId];
    const kept = await whatIsKept();
    expect(kept.length).toBeGreaterThan(200);
    const left = kept.filter(([, text]) => values.some((value) => text.includes(value)));
    expect(left).toEqual([]);
    expect(lines.filter((line) => values.some((value) => line.includes(value)))).toEqual([]);
  }, 60_000);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../app/config.js';
import { loadUseCases, readMemberKey } from '../../app/project.js';
import { createApiClient, type ApiClient } from '../../cli/api-client.js';
import { readExchanges } from '../../cli/bind/candidate-report.js';
import { freePort } from '../../cli/free-port.js';
import { playLive } from '../../cli/live/play-live.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { openSession, type Session } from '../../cli/session.js';
import { clients } from '../../contracts/identity.js';
import type { JsonObject } from '../../contracts/json.js';
import { silentLogger } from '../../contracts/logger.js';
import { createSandboxProcess, type SandboxProcess } from '../crash/sandbox-process.js';

/**
 * A second installation, in a process of its own, is the ministry that keeps the registries: one of its services is
 * called through its mediator with a member's key, the others directly with tokens of its realm.
 */
const CLIENT = 'SANDBOX/GOV/MSW/USCT';
const BENEFICIARIES = 'SANDBOX/GOV/MSW/BENEFICIARIES/beneficiaries';
const SECRET = 'training-only-runtime-secret';
/** Enrols somebody; SANDBOX_TEST_REMOTE_SCENARIO names another one, such as usct-demo. */
const SCENARIO = process.env['SANDBOX_TEST_REMOTE_SCENARIO'] ?? 'not-eligible-appeal-granted';

let folder: string;
let ministry: SandboxProcess;
let remote: { readonly origin: string; readonly key: string };
let session: Session;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ministry-'));
  const [here, there] = [await freePort(), await freePort()];
  const hosts = { SANDBOX_OUTBOUND_HOSTS: `127.0.0.1:${there}` };
  const config = readConfig(hosts, { port: here, dataDir: join(folder, 'own') });
  const data = join(folder, 'remote');
  const key = await readMemberKey(readConfig({}, { dataDir: data }), silentLogger, CLIENT);
  ministry = createSandboxProcess({ dataDir: data, port: there, variables: {} });
  [session] = await Promise.all([openSession(config, silentLogger), ministry.start()]);
  remote = { origin: ministry.origin, key };
}, 120_000);
afterAll(async () => {
  await session.close();
  await ministry.kill();
  await rm(folder, { recursive: true, force: true });
});

/** The API, or another tree, as the installation's own account: an administrator. */
function administrator(origin: string, tree = '/api/v1'): ApiClient {
  return createApiClient(
    `${origin}${tree}`,
    async () => {
      const response = await fetch(`${origin}/realms/govstack/protocol/openid-connect/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clients.runtime,
          client_secret: SECRET,
        }),
      });
      return ((await response.json()) as { access_token: string }).access_token;
    },
    { 'information-mediator-client': CLIENT },
  );
}

const beneficiariesAt = async (origin: string): Promise<readonly JsonObject[]> =>
  (
    await administrator(origin, '/blocks/digital-registries').get<{ results: readonly JsonObject[] }>(
      '/data/beneficiary-registry/1.0',
    )
  ).results;

describe('a remote ministry', () => {
  it('carries the registries of a use case, from the first read to the entry of the beneficiary', async () => {
    const api = administrator(session.sandbox.origin);
    await api.put('/secrets/ministry', {
      value: {
        authority: `${remote.origin}/realms/govstack`,
        grant: 'client_credentials',
        client: { id: clients.runtime, secret: SECRET },
        endpoints: { token: '/protocol/openid-connect/token' },
      },
    });
    await api.put('/secrets/member-key', { value: remote.key });
    const registries = `${remote.origin}/blocks/digital-registries`;
    await api.put('/blocks/digital-registries/binding', {
      kind: 'real',
      baseUrl: registries,
      auth: { scheme: 'oauth2', secret: 'ministry' },
    });
    const service = `${remote.origin}/r1/${BENEFICIARIES}`;
    await api.put('/blocks/digital-registries/binding', {
      service: BENEFICIARIES,
      kind: 'real',
      baseUrl: service,
      secretHeaders: { 'X-Sandbox-Member-Key': 'member-key' },
    });
    const before = await beneficiariesAt(remote.origin);

    const useCase = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct')!;
    await playLive({
      session,
      useCase,
      scenario: loadScenario(useCase, SCENARIO),
      trainer: 'trainer-yuki',
      write: () => undefined,
    });

    const exchanges = (await readExchanges(session.as('trainer-yuki'))).filter(
      ({ block }) => block === 'digital-registries',
    );
    expect(new Set(exchanges.map(({ deliveredTo }) => deliveredTo))).toEqual(new Set([registries, service]));
    expect(exchanges.flatMap(({ violations = [] }) => violations)).toEqual([]);
    expect((await beneficiariesAt(remote.origin)).length).toBeGreaterThan(before.length);
    expect(await beneficiariesAt(session.sandbox.origin)).toHaveLength(before.length);

    // What proves it stays where it is kept.
    const shown = JSON.stringify([await api.get('/blocks/digital-registries/binding'), exchanges]);
    expect(shown).toContain('"secret":"ministry"');
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain(remote.key);
  }, 120_000);
});

import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64url, exportSPKI, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import { readConfig } from '../../app/config.js';
import { startSandbox, type Sandbox } from '../../app/sandbox.js';
import { createAccess, type Access } from '../../cli/access.js';
import type { TasksAnswer } from '../../cli/api-client.js';
import { freePort } from '../../cli/free-port.js';
import { pause } from '../../cli/real-clock.js';
import type { Case } from '../../contracts/case.js';
import type { Logger } from '../../contracts/logger.js';
import type { Run } from '../../contracts/run.js';
import type { WorkspaceView } from '../../contracts/workspace.js';
import { createBrowser, formOf } from '../contract/browser.js';
import { application } from './application.js';

/** A sandbox under attack: two citizens with a case each, a second workspace, a browser session, bad tokens. */
export interface World {
  readonly sandbox: Sandbox;
  readonly access: Access;
  readonly port: number;
  /** What `{names}` of attacks stand for. */
  readonly names: Readonly<Record<string, string>>;
  /** The Cookie header of Amina's browser. */
  readonly cookie: string;
  /** What the sandbox logged as its own failure. */
  readonly failures: readonly unknown[];
  close(): Promise<void>;
}

export async function openWorld(variables: NodeJS.ProcessEnv = {}): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'attacks-'));
  const port = await freePort();
  const failures: unknown[] = [];
  const nothing = (): void => undefined;
  const logger: Logger = {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: (...said) => void failures.push(said),
  };
  const back = { milliseconds: 0 };
  const sandbox = await startSandbox({
    config: readConfig(variables, { port, dataDir }),
    logger,
    realClock: { now: () => new Date(Date.now() - back.milliseconds) },
    environment: {},
  });
  const access = createAccess({ origin: sandbox.origin });
  back.milliseconds = 3_600_000;
  const expired = await createAccess({ origin: sandbox.origin }).tokenOf('amina');
  back.milliseconds = 0;
  const mine = await openCase(access, 'amina');
  const other = await openCase(access, 'tomas');
  const { workspace } = await access
    .as('trainer-yuki')
    .post<{ workspace: WorkspaceView }>('/workspaces', { title: 'Another room' });
  const { cookie, callback } = await signInByBrowser(sandbox.publicUrl);
  return {
    sandbox,
    access,
    port,
    cookie,
    failures,
    names: {
      port: String(port),
      room: workspace.id,
      roomPrefix: workspace.id.slice(0, 12),
      callback,
      ...mine.named('amina'),
      ...other.named('tomas'),
      amina: await access.tokenOf('amina'),
      expired,
      ...(await badTokens(sandbox.origin, await access.tokenOf('amina'))),
    },
    close: async () => {
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function openCase(
  access: Access,
  persona: 'amina' | 'tomas',
): Promise<{ named(prefix: string): Record<string, string> }> {
  const body = { useCase: 'usct', kind: 'application', input: application(persona) };
  const opened = await access.as(persona).post<{ case: Case; runId: string }>('/cases', body);
  for (let looks = 0; looks < 1000; looks += 1) {
    const { tasks } = await access.as(persona).get<TasksAnswer>(`/tasks?case=${opened.case.id}`);
    const { runs } = await access.as(persona).get<{ runs: readonly Run[] }>(`/runs?case=${opened.case.id}`);
    const [task, run] = [tasks[0], runs[0]];
    if (task !== undefined && run !== undefined)
      return {
        named: (prefix) => ({
          [`${prefix}Case`]: opened.case.id,
          [`${prefix}Task`]: task.id,
          [`${prefix}Run`]: run.id,
        }),
      };
    await pause(20);
  }
  throw new Error(`No task of ${persona} came up`);
}

async function signInByBrowser(publicUrl: string): Promise<{ cookie: string; callback: string }> {
  const browser = createBrowser();
  const picker = await browser.go(`${publicUrl}/auth/login`);
  const { action } = formOf(picker);
  let url = action;
  let init: RequestInit = { method: 'POST', body: new URLSearchParams({ persona: 'amina' }) };
  let callback = '';
  for (;;) {
    const response = await browser.request(url, init);
    const location = response.headers.get('location');
    if (location === null || !location.includes('/')) break;
    url = new URL(location, url).href;
    if (url.includes('/auth/callback')) callback = url;
    init = {};
    if (new URL(url).pathname === '/') break;
  }
  const line = browser.setCookies.findLast((one) => one.startsWith('sandbox_session=')) ?? '';
  return { cookie: line.split(';')[0] ?? '', callback: callback.slice(publicUrl.length) };
}

/** What is wrong with each is its name. Claims are those of a good token, unless they are what is wrong. */
async function badTokens(origin: string, good: string): Promise<Record<string, string>> {
  const [head = '', payload = '', signature = ''] = good.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string };
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const keys = (await (await fetch(`${origin}/realms/govstack/protocol/openid-connect/certs`)).json()) as {
    keys: JWK[];
  };
  const pem = await exportSPKI((await importJWK(keys.keys[0]!, 'RS256', { extractable: true })) as CryptoKey);
  const own = await generateKeyPair('RS256', { extractable: true });
  const signed = (changes: object, more: object = {}): Promise<string> =>
    new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: header.kid, ...more })
      .sign(own.privateKey);
  const unsigned = (algorithm: string): string =>
    `${base64url.encode(JSON.stringify({ alg: algorithm, typ: 'JWT', kid: header.kid }))}.${payload}.`;
  const hs256 = `${base64url.encode(JSON.stringify({ alg: 'HS256', typ: 'JWT', kid: header.kid }))}.${payload}`;
  const asTrainer = base64url.encode(
    JSON.stringify({ ...claims, realm_access: { roles: ['administrator'] } }),
  );
  return {
    tampered: `${head}.${asTrainer}.${signature}`,
    otherKey: await signed({}),
    unsigned: `${head}.${payload}.`,
    algNone: unsigned('none'),
    algNoneCase: unsigned('nOnE'),
    hs256: `${hs256}.${createHmac('sha256', pem).update(hs256).digest('base64url')}`,
    kidPath: await signed({}, { kid: '../../../../dev/null' }),
    kidSql: await signed({}, { kid: "x' UNION SELECT 'key" }),
    jku: await signed({}, { kid: 'mine', jku: 'https://evil.example/keys' }),
    jwk: await signed({}, { kid: 'mine', jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }),
    crit: await rawToken({ alg: 'RS256', kid: header.kid, crit: ['exp'] }, payload, signature),
    otherIssuer: await signed({ iss: 'https://evil.example/realms/govstack' }),
    otherAudience: await signed({ aud: 'account' }),
    notYet: await signed({ nbf: Math.floor(Date.now() / 1000) + 31_536_000 }),
    longToken: await signed({ pad: 'x'.repeat(8_000) }),
    hugeToken: await signed({ pad: 'x'.repeat(16_000) }),
  };
}

function rawToken(header: object, payload: string, signature: string): Promise<string> {
  return Promise.resolve(`${base64url.encode(JSON.stringify(header))}.${payload}.${signature}`);
}

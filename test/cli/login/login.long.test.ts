import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { login, logout } from '../../../cli/commands/login.js';
import { credentialsFor } from '../../../cli/login/credentials.js';
import { createBrowser, formOf } from '../../contract/browser.js';
import { start, type Sandbox } from '../../contract/sign-in-bench.js';

jest.setTimeout(90_000);

describe('sandbox login', () => {
  let folder: string;
  let sandbox: Sandbox;
  let printed: string[];
  const before = process.env['XDG_STATE_HOME'];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'login-'));
    process.env['XDG_STATE_HOME'] = folder;
    sandbox = await start({ keycloak: undefined });
    printed = [];
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    if (before === undefined) delete process.env['XDG_STATE_HOME'];
    else process.env['XDG_STATE_HOME'] = before;
    await rm(folder, { recursive: true });
  });

  /** Does in a browser what the terminal asks for. */
  async function confirm(address: string): Promise<void> {
    const browser = createBrowser();
    let page = await browser.go(address);
    for (let step = 0; step < 5 && /<form/.test(page.html); step += 1) {
      const { action, fields } = formOf(page);
      page = await browser.go(
        action,
        page.html.includes('name="persona"') ? { persona: 'device-dee' } : fields,
      );
    }
  }

  it('keeps a sign-in that only this user can read, uses it, and forgets it', async () => {
    let confirmed: Promise<void> | undefined;
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed.push(String(text));
      const shown = JSON.parse(String(text)) as { verificationUriComplete?: string };
      if (shown.verificationUriComplete !== undefined) confirmed = confirm(shown.verificationUriComplete);
      return true;
    });
    const url = sandbox.origin;
    await login({ url, json: true });
    await confirmed;
    expect(printed.at(-1)).toBe(`${JSON.stringify({ signedIn: 'device-dee', at: url })}\n`);

    const file = join(folder, 'govstack-sandbox', 'logins.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'govstack-sandbox'))).mode & 0o777).toBe(0o700);
    const token = await credentialsFor({ origin: url });
    const answer = await fetch(`${url}/api/any`, { headers: { authorization: `Bearer ${await token!()}` } });
    expect(await answer.json()).toMatchObject({ username: 'device-dee', roles: ['developer'] });

    const { refreshToken } = (
      JSON.parse(await readFile(file, 'utf8')) as Record<string, { refreshToken: string }>
    )[url]!;
    await logout({ url, json: true });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({});
    const renewed = await fetch(`${sandbox.issuer}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'sandbox-cli',
        refresh_token: refreshToken,
      }),
    });
    expect(renewed.status).toBe(400);
  });

  it('takes a token before a client before a sign-in, and plays personas on this machine only', async () => {
    const environment = { XDG_STATE_HOME: folder };
    const here = sandbox.origin;
    const away = 'http://192.0.2.7:4000';
    expect(await credentialsFor({ origin: here, environment })).toBeUndefined();
    expect(await credentialsFor({ origin: here, as: 'amina-citizen', environment })).toBeUndefined();
    await expect(credentialsFor({ origin: away, environment })).rejects.toMatchObject({
      code: 'GSB-AUT-001',
      detail: expect.stringContaining(`sandbox login --url ${away}`),
    });
    await expect(credentialsFor({ origin: away, as: 'amina-citizen', environment })).rejects.toMatchObject({
      code: 'GSB-REQ-001',
    });
    const client = { ...environment, SANDBOX_CLIENT_ID: 'sandbox-ci' };
    await expect(credentialsFor({ origin: here, environment: client })).rejects.toMatchObject({
      code: 'GSB-CFG-001',
    });
    const whole = { ...client, SANDBOX_CLIENT_SECRET: 'training-only-ci-secret' };
    const token = await (await credentialsFor({ origin: here, environment: whole }))!();
    expect(await sandbox.verifier.verify(token)).toMatchObject({ username: 'service-account-sandbox-ci' });
    const given = await credentialsFor({ origin: here, environment: { ...whole, SANDBOX_TOKEN: 'given' } });
    expect(await given!()).toBe('given');
  });
});

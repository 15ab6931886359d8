import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { freePort } from '../../cli/free-port.js';
import { lanAddress } from '../../cli/share/lan-address.js';
import { launchChromium, openPerson, type Person } from './browser.js';
import { buildConsole } from './build-console.js';
import { answer } from './citizen.js';
import { inBrowser } from './stage.js';
import { readPrintedQr } from '../cli/share/read-qr.js';

/** A classroom: the command as it is typed, the picture as it is printed, telephones that come over the network. */
jest.setTimeout(300_000);

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');

inBrowser('a sandbox that is shared with a classroom', () => {
  let folder: string;
  let command: ChildProcess;
  let browser: Browser;
  let printed = '';
  let address: string;
  let trainer: Person;
  let participant: Person;
  let code: string;

  const said = async (what: RegExp): Promise<void> => {
    while (!what.test(printed)) {
      if (command.exitCode !== null) throw new Error(`The command ended:\n${printed}`);
      await Promise.race([once(command.stdout!, 'data'), once(command, 'exit')]);
    }
  };

  beforeAll(async () => {
    await buildConsole();
    folder = await mkdtemp(join(tmpdir(), 'share-e2e-'));
    const port = await freePort();
    command = spawn(
      process.execPath,
      [MAIN, 'up', '--share', '--no-demo', '--port', String(port), '--data', folder],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
      },
    );
    command.stdout?.setEncoding('utf8').on('data', (text: string) => (printed += text));
    await said(/Press Ctrl\+C/);
    address = `http://${lanAddress()}:${port}`;
    browser = await launchChromium();
    trainer = await openPerson(browser, address);
    participant = await openPerson(browser, address, { width: 360 });
    for (const { page } of [trainer, participant]) page.setDefaultTimeout(60_000);
  });

  afterAll(async () => {
    await browser.close();
    command.kill('SIGTERM');
    if (command.exitCode === null) await once(command, 'exit');
    await rm(folder, { recursive: true, force: true });
  });

  it('prints the address of its network, in words and as a picture that can be read', () => {
    expect(printed).toContain(`${address}/`);
    expect(readPrintedQr(printed)).toBe(`${address}/`);
  });

  it('gives the trainer a code for the board', async () => {
    const { page } = trainer;
    await trainer.signIn('trainer-yuki');
    await page.goto(`${address}/workspace`);
    await page.getByLabel('Name of a new workspace').fill('Table 3');
    await page.getByRole('button', { name: 'Make a workspace' }).click();
    const row = page.locator('.place-list li', { hasText: 'Table 3' });
    code = await row.locator('.join-code').innerText();
    expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    expect(await trainer.flaws('shared-trainer')).toEqual([]);
  });

  it('lets a telephone in by what the picture says, and refuses a code that nobody gave', async () => {
    const { page } = participant;
    await page.goto(readPrintedQr(printed));
    const field = page.getByLabel('Join code');
    await field.waitFor();
    // Before the people, of whom there are many: nobody scrolls through them first.
    const { y = Infinity } = (await field.boundingBox()) ?? {};
    expect(y).toBeLessThan(1_000);
    await field.fill('WRNG-CODE');
    await page.getByRole('button', { name: 'Go there' }).click();
    await page.getByText('No workspace has this code.').waitFor();
    expect(await participant.flaws('shared-refused')).toEqual([]);
  });

  it('leads it by the code into the workspace, in small letters and without the dash', async () => {
    const { page } = participant;
    await page.getByLabel('Join code').fill(code.toLowerCase().replace('-', ' '));
    await page.getByRole('button', { name: 'Go there' }).click();
    await page.waitForURL((url) => url.origin === address && /^\/w\/[a-z0-9]+\/$/.test(url.pathname));
    await page.getByText('You are in a workspace of its own').waitFor();
    await page.locator('a.button[href*="persona=amina"]').waitFor();
    expect(await participant.flaws('shared-joined')).toEqual([]);
  });

  it('lets them act there: a complaint arrives with the officer of that workspace, and with nobody else', async () => {
    const { page } = participant;
    const place = /^\/w\/[a-z0-9]+/.exec(new URL(page.url()).pathname)?.[0] ?? '';
    await page.locator('a.button[href*="persona=amina"]').click();
    await page.locator(`a[href="${place}/my/new/usct/grievance"]`).click();
    await answer(page, 'apply', { '-about': 'data', '-text': 'My name is written wrongly.' });
    expect(await participant.flaws('shared-complaint')).toEqual([]);
    await page.locator('.questions button[type=submit]').click();
    await page.waitForURL((url) => url.pathname.startsWith(`${place}/my/cases/case-`));
    await page.locator('.my-now').waitFor();
    expect(await participant.flaws('shared-followed')).toEqual([]);

    const officer = await openPerson(browser, address, {}, place);
    await officer.signIn('case-officer-lin');
    await officer.page.goto(`${address}${place}/tasks`);
    await officer.page.locator('.task-row').first().waitFor();
    await trainer.page.goto(`${address}/tasks`);
    await trainer.page.locator('.loading').waitFor({ state: 'detached' });
    expect(await trainer.page.locator('.task-row').count()).toBe(0);
    for (const person of [officer, trainer, participant]) expect(person.complaints).toEqual([]);
  });
});

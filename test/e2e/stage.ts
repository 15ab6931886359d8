import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { readConfig } from '../../app/config.js';
import { freePort } from '../../cli/free-port.js';
import { openSession, type Session } from '../../cli/session.js';
import { silentLogger } from '../../contracts/logger.js';
import { chromiumPath, launchChromium } from './browser.js';
import { buildConsole } from './build-console.js';

/** What people need to act through the screens: a whole sandbox in this process, and Chromium to open browsers of. */
export interface Stage {
  /** Where the sandbox keeps its data, and a test its files. It goes when the stage closes. */
  readonly folder: string;
  readonly session: Session;
  readonly browser: Browser;
  /** Where browsers find the sandbox. */
  readonly origin: string;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** The address of this machine under which others reach the sandbox. */
  readonly share?: string | undefined;
}

const skipped = chromiumPath() === undefined && process.env['CI'] !== 'true';
if (skipped) {
  const file = basename(expect.getState().testPath ?? 'tests in a browser');
  process.stderr.write(`Skipped: ${file}. There is no Chromium; CHROMIUM names one.\n`);
}

/** `describe` where there is a Chromium. In CI a missing one is a failure, not a reason to skip. */
export const inBrowser = skipped ? describe.skip : describe;

/** Opens a stage whose folder is named so. When a part does not open, those before it are closed. */
export async function openStage(
  name: string,
  { environment = {}, share }: StageOptions = {},
): Promise<Stage> {
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    await buildConsole();
    const folder = await mkdtemp(join(tmpdir(), `${name}-`));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const config = readConfig(environment, { port: await freePort(), dataDir: folder, share });
    const session = await openSession(config, silentLogger);
    closing.push(() => session.close());
    const browser = await launchChromium();
    closing.push(() => browser.close());
    return { folder, session, browser, origin: session.sandbox.publicUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

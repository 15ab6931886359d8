import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { backUp, restore } from '../../../app/backup/backup.js';
import { silentLogger } from '../../../contracts/logger.js';
import { begin, configOf, goOn, wentOn, writeWaitingUseCase } from './waiting-installation.js';

/**
 * A backup that the sandbox wrote when its format was 1. Whatever the format is by now: this file must still be
 * restored, and what waited in it must go on. It is never written anew; a format that differs gets a file of its own.
 * (It was made by this test with SANDBOX_TEST_WRITE_BACKUP set to its name.)
 */
const FILE = join(import.meta.dirname, 'format-1.backup.gz');

describe('a backup of format 1', () => {
  it('is restored, and what waited in it goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'format-1-'));
    const useCases = await writeWaitingUseCase();
    try {
      const written = process.env['SANDBOX_TEST_WRITE_BACKUP'];
      if (written !== undefined) {
        const source = await configOf(join(folder, 'source'));
        await begin(source, useCases);
        await backUp(source, silentLogger, written);
      }
      const config = await configOf(join(folder, 'data'));
      expect(await restore(config, silentLogger, FILE, false)).toMatchObject({ version: 1, withKey: true });
      expect(await goOn(config, useCases)).toEqual(wentOn);
    } finally {
      await rm(folder, { recursive: true, force: true });
      await rm(useCases, { recursive: true, force: true });
    }
  }, 180_000);
});

import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { silentLogger } from '../../../../contracts/logger.js';
import { checkpointName } from '../../../../infra/embedded/power/checkpoint-folders.js';
import { fallBack, lookAtCheckpoint } from '../../../../infra/embedded/power/fall-back.js';
import type { UseFacts } from '../../../../infra/embedded/power/last-use.js';

const NOON = Date.parse('2026-11-30T12:00:00.000Z');
const after = (seconds: number): number => NOON + seconds * 1_000;
const iso = (instant: number): string => new Date(instant).toISOString();

describe('going back to a checkpoint', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'fall-back-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const write = async (path: string, text: string, at?: number): Promise<void> => {
    await mkdir(dirname(join(dataDir, path)), { recursive: true });
    await writeFile(join(dataDir, path), text);
    if (at !== undefined) await utimes(join(dataDir, path), new Date(at), new Date(at));
  };
  /** A checkpoint of that instant, with one file. */
  const checkpoint = async (at: number): Promise<void> => {
    const folder = `checkpoints/${checkpointName(iso(at))}`;
    const file = { path: 'base/1', size: 2, mtimeMs: at, copiedAt: at };
    await write(`${folder}/postgres/base/1`, 'as');
    await write(`${folder}/checkpoint.json`, JSON.stringify({ takenAt: iso(at), files: [file] }));
  };
  const written = (at: number): Promise<void> => write('postgres/pg_wal/1', 'log', at);
  const use = (since: number, of?: number, lacksMs = 0): UseFacts => ({
    fresh: false,
    unsyncedSince: since,
    ...(of === undefined ? {} : { checkpoint: { takenAt: iso(of), lacksMs } }),
  });
  const lostBy = async (facts: UseFacts | undefined): Promise<number | undefined> =>
    (await fallBack(dataDir, silentLogger, () => Promise.resolve(true), facts))?.lostSeconds;

  it('loses what was written since the checkpoint', async () => {
    await checkpoint(NOON);
    await written(after(20));
    expect(await lostBy(use(after(-100), after(-30)))).toBe(20);
  });

  it('loses what was written since the start, where the sandbox had begun at that checkpoint', async () => {
    await checkpoint(NOON);
    await written(after(3_607));
    expect(await lostBy(use(after(3_600), NOON))).toBe(7);
  });

  it('loses that, and what had been written between the checkpoint and an end in good order', async () => {
    await checkpoint(NOON);
    await written(after(3_607));
    expect(await lostBy(use(after(3_600), NOON, 12_000))).toBe(19);
  });

  it('tells the age of the checkpoint when the mark was torn', async () => {
    await checkpoint(NOON);
    await written(after(90));
    expect(await lostBy(undefined)).toBe(90);
  });

  it('leaves a database of which nothing is lacking in its checkpoint', async () => {
    await checkpoint(NOON);
    await written(after(40));
    expect(await lookAtCheckpoint(dataDir)).toEqual({ takenAt: iso(NOON), lacksMs: 40_000 });
    await fallBack(dataDir, silentLogger, () => Promise.resolve(true), undefined);
    expect(await lookAtCheckpoint(dataDir)).toEqual({ takenAt: iso(NOON), lacksMs: 0 });
  });

  it('is not possible without one', async () => {
    await written(NOON);
    expect(await lookAtCheckpoint(dataDir)).toBeUndefined();
    expect(await lostBy(use(NOON))).toBeUndefined();
  });
});

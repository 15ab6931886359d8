import { readFile, rm, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../../error-facts.js';
import { sync } from './sync-files.js';

/**
 * How the last use of a data folder ended. While the folder is in use, `running.json` says since when and in which
 * session of the machine. It outlives a kill -9, after which the operating system still holds all writes; when the
 * machine has been started anew since, it may have lost any of those that were not handed to the disk.
 */
const FILE = 'running.json';
/** The clock may have been set meanwhile. */
const SAME_BOOT_WITHIN_S = 90;

const markSchema = z.object({
  boot: z.string(),
  bootedAt: z.number(),
  /** What was written from this instant on may not be on the disk; milliseconds. */
  unsyncedSince: z.number(),
  /** The folder was made since then: there was nothing in it before. */
  fresh: z.boolean(),
  /** The newest checkpoint at that instant, and the work that the database held beyond it, in milliseconds. */
  checkpoint: z.object({ takenAt: z.string(), lacksMs: z.number() }).optional(),
});
type RunningMark = z.infer<typeof markSchema>;

export type UseFacts = Omit<RunningMark, 'boot' | 'bootedAt'>;

export interface LastUse {
  readonly end: 'ended' | 'killed' | 'machine-stopped';
  /** Absent after an end in good order, or when the mark itself was torn. */
  readonly mark?: UseFacts;
}

/** The machine's present session. Linux names it; elsewhere the instant at which it began has to do. */
async function presentBoot(): Promise<Pick<RunningMark, 'boot' | 'bootedAt'>> {
  const named = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return { boot: named.trim(), bootedAt: Math.round(Date.now() / 1000 - uptime()) };
}

export async function readLastUse(dataDir: string): Promise<LastUse> {
  const text = await readFile(join(dataDir, FILE), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { end: 'ended' };
  const mark = markSchema.safeParse(parsed(text)).data;
  // A mark that cannot be read was itself torn.
  if (mark === undefined) return { end: 'machine-stopped' };
  const present = await presentBoot();
  const same =
    mark.boot === '' || present.boot === ''
      ? Math.abs(mark.bootedAt - present.bootedAt) <= SAME_BOOT_WITHIN_S
      : mark.boot === present.boot;
  return { end: same ? 'killed' : 'machine-stopped', mark };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function markRunning(dataDir: string, facts: UseFacts): Promise<void> {
  const mark: RunningMark = { ...(await presentBoot()), ...facts };
  await writeFile(join(dataDir, FILE), `${JSON.stringify(mark)}\n`);
  await sync(join(dataDir, FILE));
  await sync(dataDir);
}

/** Only once everything is on the disk. */
export async function markEnded(dataDir: string): Promise<void> {
  await rm(join(dataDir, FILE), { force: true });
  await sync(dataDir);
}

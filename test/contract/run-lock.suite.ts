import { afterEach, describe, expect, it } from '@jest/globals';
import type { RunLocks } from '../../contracts/run-lock.js';

export interface OpenedLocks {
  readonly locks: RunLocks;
  close(): Promise<void>;
}

/** Work that goes on until the test says so. */
function pendingWork(): { readonly work: () => Promise<void>; readonly begun: Promise<void>; end(): void } {
  let begin: () => void = () => undefined;
  let end: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    work: async () => {
      begin();
      await ended;
    },
    begun,
    end: () => end(),
  };
}

/**
 * What every adapter of the lock port must do. `workers` opens two ends of the same locks: two workers of one process
 * where the adapter serves one, two connections where it serves many.
 */
export function runLockContract(
  name: string,
  workers: () => Promise<readonly [OpenedLocks, OpenedLocks]>,
): void {
  describe(`run locks: ${name}`, () => {
    const opened: OpenedLocks[] = [];
    let fresh = 0;
    const run = `${Date.now().toString(36)}-${process.pid}`;
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((locks) => locks.close()));
    });

    async function open(): Promise<{
      readonly one: RunLocks;
      readonly other: RunLocks;
      readonly lock: string;
    }> {
      const [one, other] = await workers();
      opened.push(one, other);
      fresh += 1;
      return { one: one.locks, other: other.locks, lock: `w/run-${run}-${fresh}` };
    }

    it('runs the work, once, and says so', async () => {
      const { one, lock } = await open();
      let times = 0;
      expect(await one.withLock(lock, async () => void (times += 1))).toBe('done');
      expect(times).toBe(1);
    });

    it('refuses whoever comes while it is held, without running the work', async () => {
      const { one, other, lock } = await open();
      const held = pendingWork();
      const first = one.withLock(lock, held.work);
      await held.begun;
      let intruded = false;
      const intrude = async (): Promise<void> => void (intruded = true);
      expect(await other.withLock(lock, intrude)).toBe('busy');
      expect(await one.withLock(lock, intrude)).toBe('busy');
      held.end();
      expect(await first).toBe('done');
      expect(intruded).toBe(false);
    });

    it('is free again after the work', async () => {
      const { one, other, lock } = await open();
      for (const worker of [one, other, other, one]) {
        expect(await worker.withLock(lock, async () => undefined)).toBe('done');
      }
    });

    it('is free again after work that failed, and hands the error on', async () => {
      const { one, other, lock } = await open();
      await expect(
        one.withLock(lock, () => Promise.reject(new Error('the work went wrong'))),
      ).rejects.toThrow('the work went wrong');
      expect(await other.withLock(lock, async () => undefined)).toBe('done');
    });

    it('keeps names apart', async () => {
      const { one, other, lock } = await open();
      const held = pendingWork();
      const first = one.withLock(lock, held.work);
      await held.begun;
      expect(await other.withLock(`${lock}0`, async () => undefined)).toBe('done');
      held.end();
      await first;
    });

    it('lets exactly one of many work at a time', async () => {
      const { one, other, lock } = await open();
      let inside = 0;
      let most = 0;
      let worked = 0;
      const work = async (): Promise<void> => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        worked += 1;
        inside -= 1;
      };
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? one : other).withLock(lock, work)),
      );
      expect(most).toBe(1);
      expect(answers.filter((answer) => answer === 'done')).toHaveLength(worked);
      expect(worked).toBeGreaterThanOrEqual(1);
    });
  });
}

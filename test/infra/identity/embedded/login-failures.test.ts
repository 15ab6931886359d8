import { beforeEach, describe, expect, it } from '@jest/globals';

import {
  createLoginFailures,
  type LoginFailures,
} from '../../../../infra/identity/embedded/login-failures.js';
import { createMemoryDocuments } from '../../../../infra/memory/memory-documents.js';
import { testRealm } from '../../../contract/identity-realm.js';

describe('brute force protection, with the numbers of realm.json', () => {
  const documents = createMemoryDocuments();
  let now = Date.parse('2026-01-01T00:00:00Z');
  let failures: LoginFailures;
  const pass = (seconds: number): void => {
    now += seconds * 1000;
  };
  /** Seconds until the account is free again, looked at each `step` seconds. */
  const heldFor = async (who: string, step = 1): Promise<number> => {
    let seconds = 0;
    for (; await failures.locked(who); seconds += step) pass(step);
    return seconds;
  };

  beforeEach(async () => {
    failures = createLoginFailures(await testRealm(), documents, { now: () => new Date(now) });
  });

  it('waits a minute after ten failures, two after twenty, and never more than fifteen', async () => {
    const waits: number[] = [];
    for (let failure = 1; failure <= 200; failure += 1) {
      pass(2);
      await failures.failed('lin');
      waits.push(await heldFor('lin', 20));
    }
    expect(waits.slice(0, 9)).toEqual(Array(9).fill(0));
    expect([waits[9], waits[18], waits[19], waits[199]]).toEqual([60, 60, 120, 900]);
  });

  it('waits five seconds after two failures within a second, and counts nothing meanwhile', async () => {
    await failures.failed('quick');
    expect(await failures.locked('quick')).toBe(false);
    await Promise.all([failures.failed('quick'), failures.failed('quick'), failures.failed('quick')]);
    expect(await heldFor('quick')).toBe(5);
  });

  it('forgets after an hour without failure, and when the password was right', async () => {
    for (const forget of [
      () =>
        Promise.resolve().then(() => {
          pass(3601);
        }),
      () => failures.succeeded('kim'),
    ]) {
      for (let failure = 1; failure <= 9; failure += 1) {
        pass(2);
        await failures.failed('kim');
      }
      await forget();
      pass(2);
      await failures.failed('kim');
      expect(await failures.locked('kim')).toBe(false);
      await failures.succeeded('kim');
    }
  });

  it('holds back that account only, and goes on after a restart', async () => {
    for (let failure = 1; failure <= 10; failure += 1) {
      pass(2);
      await failures.failed('zoe');
    }
    expect(await failures.locked('lin2')).toBe(false);
    const restarted = createLoginFailures(await testRealm(), documents, { now: () => new Date(now) });
    expect(await restarted.locked('zoe')).toBe(true);
  });
});

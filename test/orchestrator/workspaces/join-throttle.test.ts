import { describe, expect, it } from '@jest/globals';
import { createJoinThrottle } from '../../../orchestrator/workspaces/join-throttle.js';

describe('joining by code', () => {
  it('answers each wrong code later, refuses after five, per address, and forgets after a minute', async () => {
    let now = 0;
    const paused: number[] = [];
    const throttle = createJoinThrottle({
      realClock: { now: () => new Date(now) },
      pause: (milliseconds) => Promise.resolve(void paused.push(milliseconds)),
    });
    const wrong = (address: string): Promise<unknown> =>
      throttle.attempt(address, () => Promise.resolve(undefined));
    const right = (address: string): Promise<unknown> =>
      throttle.attempt(address, () => Promise.resolve('room'));
    for (let time = 0; time < 4; time += 1) expect(await wrong('a')).toBeUndefined();
    // A right one between does not count.
    expect(await right('a')).toBe('room');
    expect(await wrong('a')).toBeUndefined();
    expect(paused).toEqual([200, 400, 600, 800, 1000]);
    await expect(right('a')).rejects.toMatchObject({ code: 'GSB-REQ-005', extensions: { retryAfter: 60 } });
    expect(await right('b')).toBe('room');
    now += 60_001;
    expect(await right('a')).toBe('room');
  });
});

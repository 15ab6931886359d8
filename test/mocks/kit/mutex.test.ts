import { describe, expect, it } from '@jest/globals';
import { createMutex } from '../../../mocks/kit/mutex.js';

describe('the mutex', () => {
  it('runs work on one key in order, also after a failure, and other keys meanwhile', async () => {
    const mutex = createMutex();
    const log: string[] = [];
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const first = mutex.run('a', async () => {
      await gate;
      log.push('a1');
      throw new Error('failed');
    });
    const second = mutex.run('a', async () => {
      log.push('a2');
      return 2;
    });
    await mutex.run('b', async () => {
      log.push('b1');
    });
    open();
    await expect(first).rejects.toThrow('failed');
    expect(await second).toBe(2);
    expect(log).toEqual(['b1', 'a1', 'a2']);
  });
});

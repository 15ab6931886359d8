import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createCare } from '../../app/care.js';
import { createQuiet } from '../../app/quiet.js';
import { silentLogger } from '../../contracts/logger.js';
import { createMemoryQueues } from '../../infra/memory/memory-queues.js';

describe('what is looked after while the sandbox runs', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const tidy = (): Promise<void> => Promise.resolve();

  it('is mended when a store is back, again and again until that succeeds, and nothing is quiet before', async () => {
    let away = true;
    const mend = jest.fn(() => (away ? Promise.reject(new Error('away again')) : Promise.resolve()));
    const care = createCare({ mend, tidy, logger: silentLogger });
    const queues = createMemoryQueues();
    const { isQuiet } = createQuiet({
      runtime: { idle: () => Promise.resolve(true) },
      blockQueue: queues.queue('blocks'),
      mending: () => care.mending(),
    });
    expect(await isQuiet()).toBe(true);
    care.afterReturn();
    care.afterReturn();
    await jest.advanceTimersByTimeAsync(2_500);
    expect(mend).toHaveBeenCalledTimes(3);
    expect(await isQuiet()).toBe(false);
    away = false;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(mend).toHaveBeenCalledTimes(4);
    expect(await isQuiet()).toBe(true);
    care.afterReturn();
    expect(await isQuiet()).toBe(true);
    expect(mend).toHaveBeenCalledTimes(5);
    await care.close();
    await queues.close();
  });

  it('is done every minute, and ends with the sandbox', async () => {
    const mend = jest.fn(() => Promise.reject(new Error('away')));
    const care = createCare({ mend, tidy, logger: silentLogger });
    await jest.advanceTimersByTimeAsync(125_000);
    expect(mend).toHaveBeenCalledTimes(2);
    care.afterReturn();
    await care.close();
    await jest.advanceTimersByTimeAsync(125_000);
    expect(mend).toHaveBeenCalledTimes(3);
  });
});

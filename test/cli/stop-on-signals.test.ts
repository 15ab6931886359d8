import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { stopOnSignals } from '../../cli/stop-on-signals.js';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('being asked to stop', () => {
  it('is heard once, and whoever asks again does not wait, and is told so in one line', async () => {
    const said: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0);
    const exit = jest.spyOn(process, 'exit').mockImplementation((() => undefined) as () => never);
    const stop = stopOnSignals();
    process.emit('SIGTERM');
    await stop.asked;
    expect(exit).not.toHaveBeenCalled();
    process.emit('SIGINT');
    expect(exit).toHaveBeenCalledWith(130);
    expect(said).toEqual([expect.stringMatching(/^Asked a second time: ended at once\. .*next start\.\n$/)]);
    stop.forget();
  });

  it('is no longer heard by what has ended', () => {
    const exit = jest.spyOn(process, 'exit').mockImplementation((() => undefined) as () => never);
    const [before, after] = [stopOnSignals(), stopOnSignals()];
    process.emit('SIGTERM');
    before.forget();
    after.forget();
    expect([process.listenerCount('SIGTERM'), process.listenerCount('SIGINT')]).toEqual([0, 0]);
    expect(exit).not.toHaveBeenCalled();
  });
});

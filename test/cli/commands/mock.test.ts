import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { mock, type MockOptions } from '../../../cli/commands/mock.js';
import { freePort } from '../../../cli/free-port.js';
import { blockIds } from '../../../contracts/block.js';

afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
});

/** Collects what is printed; `first` resolves with the first of it. */
function collect(): { readonly first: Promise<string>; readonly all: () => string } {
  const texts: string[] = [];
  let told: (text: string) => void;
  const first = new Promise<string>((resolve) => {
    told = resolve;
  });
  const write = (text: unknown): true => {
    texts.push(String(text));
    told(String(text));
    return true;
  };
  jest.spyOn(process.stdout, 'write').mockImplementation(write);
  jest.spyOn(process.stderr, 'write').mockImplementation(write);
  return { first, all: () => texts.join('') };
}

const at = async (options: Partial<MockOptions> = {}): Promise<MockOptions> => ({
  port: await freePort(),
  host: '127.0.0.1',
  ...options,
});

describe('sandbox mock', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('says where it answers, and stops at %s', async (signal) => {
    const options = await at({ seed: 'compliance', json: true });
    const printed = collect();
    const running = mock('digital-registries', options);
    const url = `http://127.0.0.1:${options.port}`;
    expect(JSON.parse(await printed.first)).toEqual({
      block: 'digital-registries',
      url,
      docs: `${url}/docs`,
      openapi: `${url}/openapi.json`,
      seed: 'compliance',
    });
    expect((await fetch(`${url}/openapi.json`)).status).toBe(200);
    process.emit(signal);
    await running;
    await expect(fetch(`${url}/openapi.json`)).rejects.toThrow();
    expect(process.listenerCount(signal)).toBe(0);
  });

  it('speaks to people', async () => {
    const options = await at();
    const printed = collect();
    const running = mock('scheduler', options);
    expect(await printed.first).toContain(`http://127.0.0.1:${options.port}/docs`);
    process.emit('SIGINT');
    await running;
  });

  it('lists the blocks when there is none of that name', async () => {
    const printed = collect();
    await mock('registry', await at());
    expect(process.exitCode).toBe(2);
    for (const block of blockIds) expect(printed.all()).toContain(block);
    await mock('registry', await at({ json: true }));
    expect(printed.all()).toContain('{"error":{"detail":"There is no building block registry.');
  });
});

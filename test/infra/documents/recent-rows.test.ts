import { describe, expect, it, jest } from '@jest/globals';
import { createRecentRows } from '../../../infra/documents/embedded/recent-rows.js';
import type { StoredRow } from '../../../infra/documents/embedded/statements.js';

const row = (id: string, version = 1, body = '{}'): StoredRow => ({ id, version, body });
const reader = (found: (id: string) => StoredRow | undefined) =>
  jest.fn((id: string) => Promise.resolve(found(id)));

describe('rows at hand', () => {
  it('are read once', async () => {
    const recent = createRecentRows();
    const read = reader((id) => row(id));
    expect(await recent.read('a', read)).toEqual(row('a'));
    expect(await recent.read('a', read)).toEqual(row('a'));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('hold that a row is missing, until it is written', async () => {
    const recent = createRecentRows();
    const nothing = reader(() => undefined);
    expect(await recent.read('a', nothing)).toBeUndefined();
    expect(await recent.read('a', nothing)).toBeUndefined();
    expect(nothing).toHaveBeenCalledTimes(1);
    await recent.changing(['a'], () => Promise.resolve());
    expect(
      await recent.read(
        'a',
        reader((id) => row(id)),
      ),
    ).toEqual(row('a'));
  });

  it('are read anew after a change, also one that fails', async () => {
    const recent = createRecentRows();
    await recent.read(
      'a',
      reader((id) => row(id)),
    );
    await recent.changing(['a'], () => Promise.resolve());
    expect(
      await recent.read(
        'a',
        reader((id) => row(id, 2)),
      ),
    ).toEqual(row('a', 2));
    await expect(recent.changing(['a'], () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(
      await recent.read(
        'a',
        reader((id) => row(id, 3)),
      ),
    ).toEqual(row('a', 3));
  });

  it('are read anew while they change', async () => {
    const recent = createRecentRows();
    await recent.read(
      'a',
      reader((id) => row(id)),
    );
    let done = (): void => undefined;
    const change = recent.changing(['a'], () => new Promise<void>((resolve) => (done = resolve)));
    // It may see the row before or after the change, and nobody knows which.
    expect(
      await recent.read(
        'a',
        reader((id) => row(id)),
      ),
    ).toEqual(row('a'));
    done();
    await change;
    expect(
      await recent.read(
        'a',
        reader((id) => row(id, 2)),
      ),
    ).toEqual(row('a', 2));
  });

  it('does not hold what was read across a change', async () => {
    const recent = createRecentRows();
    let answer = (_: StoredRow): void => undefined;
    const slow = recent.read('a', () => new Promise((resolve) => (answer = resolve)));
    await recent.changing(['a'], () => Promise.resolve());
    answer(row('a', 1));
    expect(await slow).toEqual(row('a', 1));
    expect(
      await recent.read(
        'a',
        reader((id) => row(id, 2)),
      ),
    ).toEqual(row('a', 2));
  });

  it('are all read anew after a change of unknown extent', async () => {
    const recent = createRecentRows();
    await recent.read(
      'a',
      reader((id) => row(id)),
    );
    await recent.changing(undefined, () => Promise.resolve());
    expect(
      await recent.read(
        'a',
        reader(() => undefined),
      ),
    ).toBeUndefined();
  });

  it('are bounded: the oldest go, and large ones are not held', async () => {
    const recent = createRecentRows();
    const body = 'x'.repeat(10_000);
    const read = reader((id) => row(id, 1, id === 'large' ? body.repeat(3) : body));
    for (let at = 0; at < 40; at += 1) await recent.read(`${at}`, read);
    await recent.read('large', read);
    read.mockClear();
    await recent.read('39', read);
    expect(read).toHaveBeenCalledTimes(0);
    await recent.read('0', read);
    await recent.read('large', read);
    expect(read).toHaveBeenCalledTimes(2);
  });
});

import { describe, expect, it } from '@jest/globals';
import { createExchangeIndex } from '../../app/exchange-index.js';
import { DEFAULT_WORKSPACE } from '../../contracts/ids.js';
import { streams } from '../../contracts/streams.js';
import { createMemoryJournal } from '../../infra/memory/memory-journal.js';

describe('the index of exchanges', () => {
  it('finds those of a run as they come, and those after a reset of the workspace', async () => {
    const journal = createMemoryJournal();
    const index = createExchangeIndex(journal);
    const log = streams.exchanges(DEFAULT_WORKSPACE);
    const happened = (id: string, runId: string): Promise<unknown> =>
      journal.append(log, 'any', [{ event: { type: 'exchange', id, origin: { runId } } }] as never);
    const idsOf = async (run: string): Promise<string[]> =>
      (await index.of(DEFAULT_WORKSPACE, run)).map(({ exchange }) => exchange.id);

    await happened('e1', 'run-1');
    await happened('e2', 'run-2');
    expect(await idsOf('run-1')).toEqual(['e1']);
    await happened('e3', 'run-1');
    expect(await idsOf('run-1')).toEqual(['e1', 'e3']);

    // The log begins again at 1: what is counted there was taken for known.
    await journal.deleteByPrefix(log);
    expect(await idsOf('run-1')).toEqual([]);
    await happened('e4', 'run-3');
    expect(await idsOf('run-3')).toEqual(['e4']);
    await happened('e5', 'run-3');
    await happened('e6', 'run-3');
    await happened('e7', 'run-3');
    expect(await idsOf('run-3')).toEqual(['e4', 'e5', 'e6', 'e7']);
  });
});

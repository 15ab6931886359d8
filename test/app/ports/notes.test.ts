import { describe, expect, it } from '@jest/globals';
import { createMediatorPorts, type MediatorPortDeps } from '../../../app/ports/mediator.js';
import { createStatePorts } from '../../../app/ports/state.js';
import type { Block } from '../../../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createAccessRights } from '../../../mocks/information-mediator/access-rights.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
import { createPaymentsBlock } from '../../../mocks/payments/block.js';
import { population, POPULATION, USCT } from '../../mocks/information-mediator/mediator-fixture.js';
import { testDeps } from '../../mocks/kit/test-deps.js';

const by = { username: 'yuki', roles: ['trainer'] } as unknown as Principal;
const digest = { sha256: (text: string) => text, keyed: (text: string) => Buffer.from(text).toString('hex') };

async function noted(journal: ReturnType<typeof createMemoryJournal>): Promise<unknown[]> {
  return (await journal.read(`${DEFAULT_WORKSPACE}/log`)).map(({ event }) => event);
}

describe('the log of the workspace', () => {
  it('notes who changed which access right, and why', async () => {
    const { deps } = testDeps();
    const journal = createMemoryJournal();
    const directory = createDirectory([{ id: 'usct', client: USCT, services: { population } }]);
    const rights = createAccessRights({ ...deps, directory, hasOperation: () => true });
    // What tells who read about whom is not asked here.
    const { rights: ports } = createMediatorPorts({
      ...deps,
      rights,
      journal,
      digest,
    } as unknown as MediatorPortDeps);
    const [first] = await ports.list(DEFAULT_WORKSPACE);
    const id = first?.id ?? '';
    const service = `${POPULATION}/population`;
    await ports.revoke(DEFAULT_WORKSPACE, id, { by, why: 'a lesson' });
    await ports.grant(DEFAULT_WORKSPACE, id, { by });
    await ports.add(
      DEFAULT_WORKSPACE,
      { client: USCT, service, basis: { kind: 'not-personal' } },
      { by, operations: ['x'] },
    );
    await ports.restore(DEFAULT_WORKSPACE, { by, why: 'over' });
    expect(await noted(journal)).toMatchObject([
      { type: 'access-right.revoked', right: id, client: USCT, service, by: 'yuki', why: 'a lesson' },
      { type: 'access-right.granted', right: id, by: 'yuki' },
      { type: 'access-right.granted', right: `${id}~4`, operations: ['x'], by: 'yuki' },
      { type: 'access-right.restored', restored: 1, by: 'yuki', why: 'over' },
    ]);
  });

  it('notes each change of a block’s state, and not whom it is about', async () => {
    const { deps } = testDeps();
    const journal = createMemoryJournal();
    const block: Block = createPaymentsBlock(deps);
    await block.reset(DEFAULT_WORKSPACE, {});
    const ports = createStatePorts({
      ...deps,
      journal,
      digest,
      blocks: new Map([[block.id, block]]),
      resetBlock: (workspace) => block.reset(workspace, {}),
    });
    const place = { block: 'payments', collection: 'payers', id: 'ACCOUNT-1' } as const;
    const document = { institution: 'BANK-A' };
    const { version } = await ports.put(DEFAULT_WORKSPACE, place, { document, version: undefined, by });
    await ports.put(DEFAULT_WORKSPACE, place, { document, version, by });
    await expect(ports.put(DEFAULT_WORKSPACE, place, { document, version, by })).rejects.toMatchObject({
      code: 'GSB-REQ-003',
    });
    await ports.remove(DEFAULT_WORKSPACE, place, { version: undefined, by });
    await ports.import(DEFAULT_WORKSPACE, 'payments', await ports.export(DEFAULT_WORKSPACE, 'payments'), by);
    await ports.reset(DEFAULT_WORKSPACE, 'payments', by);
    const events = await noted(journal);
    expect(events).toMatchObject([
      { type: 'state.created', block: 'payments', collection: 'payers', by: 'yuki' },
      { type: 'state.changed' },
      { type: 'state.removed' },
      { type: 'state.imported', documents: expect.objectContaining({ payers: 0 }) },
      { type: 'state.reset', block: 'payments', by: 'yuki' },
    ]);
    expect(JSON.stringify(events)).not.toContain('ACCOUNT-1');
  });
});

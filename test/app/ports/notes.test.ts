import { describe, expect, it } from '@jest/globals';
import { createMediatorPorts, type MediatorPortDeps } from '../../../app/ports/mediator.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createAccessRights } from '../../../mocks/information-mediator/access-rights.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
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
    const rights = createAccessRights({
      ...deps,
      configuredOf: () => Promise.resolve(directory),
      hasOperation: () => true,
    });
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
      { type: 'access-right.granted', right: `${id}~granted`, operations: ['x'], by: 'yuki' },
      { type: 'access-right.restored', restored: 1, by: 'yuki', why: 'over' },
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { createErasePerson } from '../../../app/erase/erase-person.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { JsonObject } from '../../../contracts/json.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';

const values = ['2001000017', 'Amina Haddad', '+15550101', 'U0000000018'];

async function bench(sharedStatus = 'completed') {
  const documents = createMemoryDocuments();
  const journal = createMemoryJournal();
  const put = (collection: string, id: string, doc: JsonObject): Promise<number> =>
    documents.collection(collection).put({ _id: `default/${id}`, ...doc });
  await put('persons', 'p-1', {
    person: 'p-1',
    individualId: values[0],
    data: { name: 'Amina Haddad', firstName: 'Amina', phone: '+15550101', locale: 'en' },
  });
  await put('persons', 'p-2', { person: 'p-2', individualId: '2001000025', data: { name: 'Tomas Berg' } });
  await put('mock-digital-registries-records', 'beneficiaries/U0000000018', {
    content: { functionalId: 'U0000000018', person: 'p-1' },
  });
  await put('mock-digital-registries-records', 'households/H1', {
    content: {
      head: '2001000025',
      members: [
        { individualId: '2001000017', firstName: 'Amina' },
        { individualId: '2001000025', firstName: 'Tomas' },
      ],
    },
  });
  await put('mock-payments-ledger', 'e1', { payeeIdentity: 'U0000000018', amount: 214 });
  await put('mock-messaging-messages', 'm1', { to: '+15550101', text: 'Dear Amina Haddad' });
  await put('cases', 'case-1', { id: 'case-1', person: 'p-1', state: 'paid' });
  await put('tasks', 't1', { person: 'p-1', caseId: 'case-1', data: { income: 60 }, result: { ok: true } });
  await put('runs', 'run-1', {
    id: 'run-1',
    status: 'waiting',
    person: 'p-1',
    workflow: { name: 'application' },
  });
  await put('runs', 'run-2', { id: 'run-2', status: sharedStatus, workflow: { name: 'payment-cycle' } });
  await put('snapshots', 'a', { name: 'a' });
  await journal.append('default/run/run-1', 'any', [{ event: { n: 1 }, payload: { income: 60 } }]);
  await journal.append('default/run/run-2', 'any', [
    { event: { n: 1 }, payload: ['U0000000018'] },
    { event: 2, payload: '2001000025' },
  ]);
  await journal.append('default/exchanges', 'any', [
    { event: { origin: { caseId: 'case-1' } }, payload: { body: 1 } },
  ]);
  const cancelled: string[] = [];
  const erase = createErasePerson({
    documents,
    journal,
    cancel: async (_workspace, { id, _id }) => {
      cancelled.push(id);
      await documents.collection('runs').put({ _id, id, status: 'cancelled', person: 'p-1' } as never);
    },
    alone: (_workspace, work) => work(),
    clearRequests: () => Promise.resolve(),
  });
  const everything = async (): Promise<string> => {
    const found: unknown[] = [];
    for (const name of await documents.collections()) found.push(await documents.collection(name).find());
    for (const stream of await journal.streams('')) found.push(await journal.read(stream));
    return JSON.stringify(found);
  };
  return { erase, documents, journal, cancelled, everything };
}

describe('erasing a person', () => {
  it('leaves none of their values anywhere, the data of others, and money that adds up', async () => {
    const { erase, documents, journal, cancelled, everything } = await bench();
    expect(await erase(DEFAULT_WORKSPACE, 'p-1')).toMatchObject({
      cancelledRuns: 1,
      payloadsErased: 3,
      snapshotsRemoved: 1,
    });
    const left = await everything();
    for (const value of [...values, 'Amina', '"income"']) expect(left).not.toContain(value);
    expect(cancelled).toEqual(['run-1']);
    expect(left).toContain('Tomas Berg');
    const household = await documents
      .collection('mock-digital-registries-records')
      .get('default/households/H1');
    expect(household?.doc).toMatchObject({
      content: { members: [{ firstName: 'erased' }, { firstName: 'Tomas' }] },
    });
    expect((await documents.collection('mock-payments-ledger').get('default/e1'))?.doc).toMatchObject({
      payeeIdentity: 'erased',
      amount: 214,
    });
    expect((await journal.read('default/run/run-2')).map(({ payload }) => payload)).toEqual([
      undefined,
      '2001000025',
    ]);
    expect(await journal.version('default/exchanges')).toBe(1);
    await expect(erase(DEFAULT_WORKSPACE, 'p-1')).rejects.toMatchObject({ code: 'GSB-REQ-002' });
  });

  it('is refused, and erases nothing, while a run of several people has the person in hand', async () => {
    const { erase, everything } = await bench('waiting');
    await expect(erase(DEFAULT_WORKSPACE, 'p-1')).rejects.toMatchObject({ code: 'GSB-REQ-003' });
    expect(await everything()).toContain('Amina Haddad');
  });
});

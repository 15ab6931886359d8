import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Block } from '../../../contracts/block.js';
import { DEFAULT_WORKSPACE, workspaceIdSchema } from '../../../contracts/ids.js';
import { createDigitalRegistriesBlock } from '../../../mocks/digital-registries/block.js';
import { createIdentityBlock } from '../../../mocks/identity/block.js';
import { testDeps } from './test-deps.js';

const WS = DEFAULT_WORKSPACE;
const seeds = {
  registries: [
    {
      name: 'tax',
      version: '1.0',
      title: 'Tax',
      institution: 'Ministry',
      idField: 'individualId',
      personField: 'individualId',
      uniqueFields: ['number'],
      schema: {
        type: 'object',
        required: ['individualId', 'monthlyIncome'],
        properties: {
          individualId: { type: 'string' },
          monthlyIncome: { type: 'number', minimum: 0 },
          number: { type: 'string' },
        },
      },
    },
  ],
  records: [1, 2, 3, 4, 5].map((n) => ({
    registry: 'tax',
    version: '1.0',
    content: { individualId: `ID-${n}`, monthlyIncome: n * 10, number: `N${n}` },
  })),
};
let block: Block;

beforeEach(async () => {
  block = createDigitalRegistriesBlock(testDeps().deps);
  await block.reset(WS, seeds);
});

const ids = (page: { documents: readonly { id: string }[] }): string[] => page.documents.map(({ id }) => id);
const record = (n: number): string => `tax/1.0/ID-${n}`;

describe('the state of a block', () => {
  it('is listed by collection, and what the kit keeps for itself is not', async () => {
    const listed = await block.state.collections(WS);
    expect(listed.map(({ name, documents }) => [name, documents])).toEqual([
      ['registries', 1],
      ['records', 5],
      ['databases', expect.any(Number)],
      ['usage', 0],
    ]);
    expect(listed.every(({ title }) => title.includes(' '))).toBe(true);
    await expect(block.state.list(WS, 'commits', { limit: 10 })).rejects.toMatchObject({
      code: 'GSB-REQ-002',
    });
  });

  it('is read page by page, and searched', async () => {
    const first = await block.state.list(WS, 'records', { limit: 2 });
    expect(ids(first)).toEqual([record(1), record(2)]);
    const second = await block.state.list(WS, 'records', { limit: 2, after: first.next });
    const third = await block.state.list(WS, 'records', { limit: 2, after: second.next });
    expect([...ids(second), ...ids(third)]).toEqual([record(3), record(4), record(5)]);
    expect(third).not.toHaveProperty('next');
    expect(ids(await block.state.list(WS, 'records', { limit: 9, text: 'id-4' }))).toEqual([record(4)]);
    const some = await block.state.list(WS, 'records', { limit: 1, text: 'monthlyincome' });
    expect(some.next).toBe(record(1));
    expect(
      ids(await block.state.list(WS, 'records', { limit: 9, text: 'monthlyIncome', after: some.next })),
    ).toHaveLength(4);
  });

  it('is changed document by document: checked, fenced by the version, and seen by the operations', async () => {
    const { version, document } = await block.state.get(WS, 'records', record(1));
    const content = { individualId: 'ID-1', monthlyIncome: 999, number: 'N1' };
    const written = await block.state.put(WS, 'records', record(1), { content }, version);
    expect(written).toMatchObject({ created: false, document: { content, uuid: document['uuid'] } });
    await expect(block.state.put(WS, 'records', record(1), { content }, version)).rejects.toMatchObject({
      code: 'GSB-REQ-003',
    });
    await expect(block.state.put(WS, 'records', record(1), { content }, undefined)).rejects.toMatchObject({
      code: 'GSB-REQ-003',
      detail: expect.stringContaining('If-Match'),
    });
    const answer = await block.handle(WS, {
      method: 'POST',
      path: '/data/tax/1.0/read',
      query: {},
      headers: { 'information-mediator-client': 'A/B/C/D' },
      body: { query: { content: { number: 'N1' } } },
    });
    expect(answer).toMatchObject({ status: 200, body: { content: { monthlyIncome: 999 } } });
  });

  it.each([
    [
      'a field that the registry refuses',
      record(1),
      { content: { individualId: 'ID-1', monthlyIncome: 'much' } },
      '/content/monthlyIncome',
    ],
    ['a field that is missing', record(1), { content: { individualId: 'ID-1' } }, '/content/monthlyIncome'],
    [
      'a member that no record has',
      record(1),
      { content: { individualId: 'ID-1', monthlyIncome: 1 }, colour: 'red' },
      '/',
    ],
    [
      'another identifier than in the address',
      record(1),
      { content: { individualId: 'ID-9', monthlyIncome: 1 } },
      '/content/individualId',
    ],
    [
      'another id than in the address',
      record(1),
      { _id: record(2), content: { individualId: 'ID-1', monthlyIncome: 1 } },
      '/_id',
    ],
    [
      'a value that must be unique',
      record(1),
      { content: { individualId: 'ID-1', monthlyIncome: 1, number: 'N2' } },
      '/content/number',
    ],
    ['a registry that there is not', 'land/1.0/ID-1', { content: { individualId: 'ID-1' } }, '/_id'],
  ])('refuses %s, naming it', async (_what, id, document, pointer) => {
    const version = id === record(1) ? (await block.state.get(WS, 'records', id)).version : undefined;
    const before = await block.state.export(WS);
    await expect(block.state.put(WS, 'records', id, document, version)).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      extensions: { errors: [expect.objectContaining({ pointer })] },
    });
    expect(await block.state.export(WS)).toEqual(before);
  });

  it('loses a document, in its workspace only', async () => {
    const another = workspaceIdSchema.parse('another');
    await block.reset(another, seeds);
    const { version } = await block.state.get(WS, 'records', record(1));
    await expect(block.state.remove(WS, 'records', record(1), version + 1)).rejects.toMatchObject({
      code: 'GSB-REQ-003',
    });
    await block.state.remove(WS, 'records', record(1), version);
    await expect(block.state.get(WS, 'records', record(1))).rejects.toMatchObject({ code: 'GSB-REQ-002' });
    expect(await block.state.get(another, 'records', record(1))).toMatchObject({ version });
  });

  it('is exported and imported as a whole; an import that does not fit changes nothing', async () => {
    const before = await block.state.export(WS);
    await block.state.remove(WS, 'records', record(1), undefined);
    const broken = {
      ...before,
      collections: { ...before.collections, records: [{ _id: 'tax/1.0/X', content: 'text' }] },
    };
    const after = await block.state.export(WS);
    await expect(block.state.import(WS, broken)).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      extensions: { errors: [expect.objectContaining({ pointer: '/collections/records/0/content' })] },
    });
    await expect(block.state.import(WS, { ...before, block: 'payments' })).rejects.toMatchObject({
      code: 'GSB-REQ-001',
    });
    expect(await block.state.export(WS)).toEqual(after);
    expect(await block.state.import(WS, before)).toMatchObject({ records: 5, registries: 1 });
    expect(await block.state.export(WS)).toEqual(before);
  });

  it('does not show keys, nor export them', async () => {
    const identity = createIdentityBlock(testDeps().deps, { publicUrl: 'http://localhost' });
    await identity.reset(WS, {});
    await expect(identity.state.list(WS, 'keys', { limit: 1 })).rejects.toMatchObject({
      code: 'GSB-AUT-002',
    });
    expect((await identity.state.export(WS)).collections).not.toHaveProperty('keys');
    expect(
      z
        .object({ secret: z.literal(true) })
        .safeParse((await identity.state.collections(WS)).find(({ name }) => name === 'keys')).success,
    ).toBe(true);
  });
});

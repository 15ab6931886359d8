import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Block } from '../../../contracts/block.js';
import { workspaceIdSchema } from '../../../contracts/ids.js';
import { createIdentityBlock } from '../../../mocks/identity/block.js';
import { createMessagingBlock } from '../../../mocks/messaging/block.js';
import { testDeps, WORKSPACE, type TestDeps } from './test-deps.js';

const OTHER = workspaceIdSchema.parse('other');
let kit: TestDeps;
let block: Block;
beforeEach(async () => {
  kit = testDeps();
  block = createMessagingBlock(kit.deps);
  const notices = ['ar', 'en', 'fr', 'so'].map((locale) => ({ locale, text: `Training only (${locale})` }));
  await block.reset(WORKSPACE, { notices });
});

const countOf = async (name: string, workspace = WORKSPACE): Promise<number | undefined> =>
  (await block.state.collections(workspace)).find((one) => one.name === name)?.documents;
const ids = async (query: { after?: string; limit?: number; text?: string }): Promise<unknown> => {
  const page = await block.state.list(WORKSPACE, 'notices', { limit: 50, ...query });
  return [page.documents.map(({ _id }) => _id), page.next];
};

describe('what a block keeps', () => {
  it('is counted, and listed page by page', async () => {
    expect(await countOf('notices')).toBe(4);
    expect(await ids({ limit: 2 })).toEqual([['ar', 'en'], 'en']);
    expect(await ids({ limit: 2, after: 'en' })).toEqual([['fr', 'so'], undefined]);
  });

  it('is searched for a text, page by page', async () => {
    expect(await ids({ text: '(FR)' })).toEqual([['fr'], undefined]);
    expect(await ids({ text: 'training', limit: 3 })).toEqual([['ar', 'en', 'fr'], 'fr']);
    expect(await ids({ text: 'training', limit: 3, after: 'fr' })).toEqual([['so'], undefined]);
  });

  it('is left alone by whoever read an earlier version', async () => {
    const changed = { code: 'GSB-REQ-008', status: 412 };
    const before = await block.state.put(WORKSPACE, 'notices', { _id: 'am', text: 'the first one' });
    const text = 'the second one';
    expect(await block.state.put(WORKSPACE, 'notices', { _id: 'am', text }, before)).toBe(before + 1);
    await expect(
      block.state.put(WORKSPACE, 'notices', { _id: 'am', text: 'the third one' }, before),
    ).rejects.toMatchObject(changed);
    await expect(block.state.remove(WORKSPACE, 'notices', 'am', before)).rejects.toMatchObject(changed);
    expect(await block.state.get(WORKSPACE, 'notices', 'am')).toEqual({
      doc: { _id: 'am', text },
      version: before + 1,
    });
    expect(await block.state.remove(WORKSPACE, 'notices', 'am', before + 1)).toBe(true);
  });

  it('is edited, and checked where the collection says how its documents look', async () => {
    await block.state.put(WORKSPACE, 'notices', { _id: 'en', text: 'Training, nothing else' });
    expect((await block.state.list(WORKSPACE, 'notices', { limit: 9, text: 'nothing' })).documents).toEqual([
      { _id: 'en', text: 'Training, nothing else' },
    ]);
    await expect(block.state.put(WORKSPACE, 'notices', { _id: 'en', text: 5 })).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      detail: expect.stringContaining('/text'),
    });
    await expect(block.state.put(WORKSPACE, 'nothing', { _id: 'a' })).rejects.toMatchObject({
      code: 'GSB-REQ-002',
      detail: expect.stringContaining('notices'),
    });
    expect(await block.state.remove(WORKSPACE, 'notices', 'en')).toBe(true);
    expect(await block.state.get(WORKSPACE, 'notices', 'en')).toBeUndefined();
    expect(await block.state.remove(WORKSPACE, 'notices', 'en')).toBe(false);
  });

  it('is carried into another workspace, all or nothing', async () => {
    const carried = await block.state.export(WORKSPACE);
    expect(Object.keys(carried)).not.toContain('commits');
    await block.state.put(OTHER, 'notices', { _id: 'sw', text: 'Mafunzo tu, si kweli' });
    expect(await block.state.import(OTHER, carried, false)).toBe(4);
    expect(await countOf('notices', OTHER)).toBe(5);
    const broken = { ...carried, notices: [{ _id: 'de', text: 'kurz' }] };
    await expect(block.state.import(OTHER, broken, true)).rejects.toMatchObject({ code: 'GSB-REQ-001' });
    expect(await countOf('notices', OTHER)).toBe(5);
    expect(await block.state.import(OTHER, carried, true)).toBe(4);
    expect(await countOf('notices', OTHER)).toBe(4);
  });

  it('is not undone by what the log of the block still holds open', async () => {
    const message = { recipientInfo: { phone: '+99900000001' }, smsContent: { content: 'Ready' } };
    const sent = await block.handle(WORKSPACE, {
      method: 'POST',
      path: '/send/sms/single',
      query: {},
      headers: { apikey: 'any', 'idempotency-key': 'k-1' },
      body: message,
    });
    const { requestUid } = sent.body as { requestUid: string };
    await block.state.remove(WORKSPACE, 'requests', requestUid);
    const again = createMessagingBlock(kit.deps);
    await again.handle(WORKSPACE, { method: 'GET', path: '/sandbox/messages', query: {}, headers: {} });
    expect((await again.state.list(WORKSPACE, 'requests', { limit: 9 })).documents).toEqual([]);
  });

  it('never shows private keys', async () => {
    const identity = createIdentityBlock(kit.deps);
    await identity.reset(WORKSPACE, {});
    await identity.handle(WORKSPACE, {
      method: 'GET',
      path: '/.well-known/jwks.json',
      query: {},
      headers: {},
    });
    expect(JSON.stringify(await identity.state.export(WORKSPACE))).not.toContain('privateJwk');
    await expect(identity.state.list(WORKSPACE, 'keys', { limit: 1 })).rejects.toMatchObject({
      code: 'GSB-REQ-002',
    });
  });
});

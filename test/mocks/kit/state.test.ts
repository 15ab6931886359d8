import { describe, expect, it } from '@jest/globals';
import type { Document } from '../../../contracts/documents.js';
import { workspaceIdSchema } from '../../../contracts/ids.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { applyEffects } from '../../../mocks/kit/commit-log.js';
import { put, remove } from '../../../mocks/kit/effects.js';
import { collectionName, createStateScope } from '../../../mocks/kit/state.js';
import { WORKSPACE } from './test-deps.js';

interface Item extends Document {
  readonly colour: string;
}

describe('the state of a block', () => {
  it('hides the workspace in ids, cursors and deletions', async () => {
    const documents = createMemoryDocuments();
    const mine = createStateScope(documents, 'payments', WORKSPACE).collection<Item>('items', ['colour']);
    const other = workspaceIdSchema.parse('test-2');
    const theirs = createStateScope(documents, 'payments', other).collection<Item>('items', ['colour']);
    await mine.insertMany([
      { _id: 'a', colour: 'red' },
      { _id: 'b', colour: 'red' },
    ]);
    await theirs.put({ _id: 'a', colour: 'blue' });
    expect((await mine.find({ after: 'a' })).map(({ doc }) => doc._id)).toEqual(['b']);
    expect((await mine.find({ filter: { colour: 'red' }, idPrefix: 'a' })).map(({ doc }) => doc._id)).toEqual(
      ['a'],
    );
    expect((await mine.getMany(['b', 'a'])).map(({ doc }) => doc._id).sort()).toEqual(['a', 'b']);
    expect(await mine.deleteByPrefix('')).toBe(2);
    expect((await theirs.get('a'))?.doc).toEqual({ _id: 'a', colour: 'blue' });
  });

  it('has collection names that every store accepts, and that differ', () => {
    const names = ['credits', 'a-very-long-collection-name', 'a-very-long-collection-name-2'].map((name) =>
      collectionName('financial-institution', name),
    );
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_-]{0,39}$/);
    expect(new Set(names).size).toBe(3);
  });

  it('takes effects in order: the last one on a document wins', async () => {
    const scope = createStateScope(createMemoryDocuments(), 'payments', WORKSPACE);
    const items = scope.collection<Item>('items');
    await items.put({ _id: 'gone', colour: 'red' });
    const item = (colour: string): Item => ({ _id: 'a', colour });
    await applyEffects(scope, [
      put('items', item('red')),
      remove('items', 'gone'),
      put('items', item('blue')),
    ]);
    expect((await items.find()).map(({ doc }) => doc)).toEqual([{ _id: 'a', colour: 'blue' }]);
    await expect(applyEffects(scope, [put('unknown', item('red'))])).rejects.toThrow(
      'has no collection unknown',
    );
  });
});

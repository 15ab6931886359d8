import { describe, expect, it } from '@jest/globals';
import { contentOf, fieldOf, queryOf, toStored } from '../../../infra/documents/mongo/row.js';

describe('a document in MongoDB', () => {
  it('is kept as text, with a key per declared path', () => {
    const doc = { _id: 'a', z: 1, a: { $ref: 'x', 'b.c': 'nul \0' }, who: { age: 7 } };
    const { body, ix } = contentOf(doc, ['who.age', 'state']);
    expect(ix).toEqual({ 'who%2eage': '7', state: 'null' });
    expect(JSON.stringify(toStored({ body, v: 3 }))).toBe(JSON.stringify({ doc, version: 3 }));
  });

  it('has field names that no path shares with another', () => {
    const fields = ['a.b', 'a%2eb', 'a$b', 'ab'].map(fieldOf);
    expect(new Set(fields).size).toBe(fields.length);
    expect(fields.join('')).not.toMatch(/[.$]/);
  });

  it('is looked for by its keys and by the range of its id', () => {
    const declared = new Set(['who.age', 'state']);
    expect(
      queryOf('c', declared, {
        filter: { 'who.age': [7, null], state: 'open' },
        idPrefix: 'w/',
        after: 'w/1',
      }),
    ).toEqual({
      'ix.who%2eage': { $in: ['7', 'null'] },
      'ix.state': { $in: ['"open"'] },
      _id: { $gte: 'w/', $lt: 'w0', $gt: 'w/1' },
    });
    expect(queryOf('c', declared, {})).toEqual({});
    expect(queryOf('c', declared, { idPrefix: 'a\0' })).toBeUndefined();
    expect(() => queryOf('c', declared, { filter: { other: 1 } })).toThrow(/not a declared index/);
  });
});

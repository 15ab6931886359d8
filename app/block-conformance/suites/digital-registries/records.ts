import type { JsonObject } from '../../../../contracts/json.js';
import { at } from '../../json-at.js';
import type { Answer, CheckContext } from '../../suite.js';

export const registry = ({ fixtures }: CheckContext): Record<string, string> => ({
  registryName: fixtures.text('registry'),
  versionNumber: fixtures.text('version'),
});

export interface Person {
  readonly id: string;
  readonly content: JsonObject;
  readonly query: JsonObject;
}

export function person(c: CheckContext, more: JsonObject = {}): Person {
  const { fixtures } = c;
  const id = c.unique('C');
  const idField = fixtures.text('idField');
  const content = {
    [idField]: id,
    [fixtures.text('textField')]: c.unique('Nia'),
    [fixtures.text('otherField')]: 'Stone',
    ...more,
  };
  return { id, content, query: { content: { [idField]: id } } };
}

export async function created(c: CheckContext, more: JsonObject = {}): Promise<Person> {
  const made = person(c, more);
  await c.call('create', { path: registry(c), body: { write: { content: made.content } } });
  return made;
}

export const read = (
  c: CheckContext,
  { query }: Person,
  expected: 'success' | 'refused' = 'success',
): Promise<Answer> => c.call('read', { path: registry(c), body: { query } }, expected);

export const exists = async (c: CheckContext, { query }: Person): Promise<boolean> =>
  at(await c.call('exists', { path: registry(c), body: { query } }), 'answer', 'status') === true;

/** What `modifyDatabase` takes. */
export function database(code: string): JsonObject {
  const schema = {
    type: 'object',
    properties: { ID: { type: 'string', primaryKey: true }, name: { type: 'string' } },
    required: ['ID'],
  };
  return { groupName: 'Conformance', catalogName: 'Checks', code, schema };
}

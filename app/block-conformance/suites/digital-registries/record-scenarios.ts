import type { JsonObject } from '../../../../contracts/json.js';
import { at, textAt } from '../../json-at.js';
import type { Answer, Scenario } from '../../suite.js';
import { created, exists, person, read, registry } from './records.js';

/** What happens to records. */
export function recordScenarios(): readonly Scenario[] {
  return [
    life(false),
    life(true),
    {
      id: 'repeated-create',
      title: 'Creating the same record once more succeeds, and makes no second one',
      operations: ['create', 'list'],
      dialect: 'both',
      play: async (c) => {
        const path = registry(c);
        const { content } = await created(c);
        await c.call('create', { path, body: { write: { content } } });
        const textField = c.fixtures.text('textField');
        const listed = await c.call('list', {
          path,
          query: { [`query.${textField}`]: textAt(content, textField) },
        });
        c.holds(listed.body, { count: 1 }, 'the same record is kept once');
      },
    },
    {
      id: 'bulk-update',
      title: 'update changes one record, updateEntries every record that matches',
      operations: ['create', 'update', 'updateEntries', 'list', 'read'],
      play: async (c) => {
        const path = registry(c);
        const textField = c.fixtures.text('textField');
        const otherField = c.fixtures.text('otherField');
        const shared = { [textField]: c.unique('Kin') };
        const three = [await created(c, shared), await created(c, shared), await created(c, shared)];
        const stranger = await created(c);
        const count = async (value: string): Promise<number> => {
          const query = { [`query.${textField}`]: textAt(shared, textField), [`query.${otherField}`]: value };
          return Number(at(await c.call('list', { path, query }), 'count'));
        };
        await c.call('update', {
          path,
          body: { query: { content: shared }, write: { content: { [otherField]: 'One' } } },
        });
        c.expect((await count('One')) === 1, 'update changes one record', `${await count('One')} changed`);
        await c.call('updateEntries', {
          path,
          body: { query: { content: shared }, write: { content: { [otherField]: 'All' } } },
        });
        c.expect(
          (await count('All')) === three.length,
          'updateEntries changes every record that matches',
          `${await count('All')} of ${three.length} changed`,
        );
        c.holds(
          (await read(c, stranger)).body,
          { content: stranger.content },
          'what does not match stays as it is',
        );
      },
    },
    {
      id: 'update-nothing',
      title: 'An update that matches nothing succeeds and writes nothing',
      operations: ['update', 'exists'],
      dialect: 'both',
      play: async (c) => {
        const nobody = person(c);
        await c.call(
          'update',
          {
            path: registry(c),
            body: { query: nobody.query, write: { content: { [c.fixtures.text('otherField')]: 'X' } } },
          },
          [200],
        );
        c.expect(!(await exists(c, nobody)), 'an update creates nothing', 'the record exists now');
      },
    },
    ...(['', 'Older'] as const).map((suffix): Scenario => ({
      id: `update-or-create${suffix.toLowerCase()}`,
      title: 'updateOrCreate creates what is missing and updates what is there',
      operations: [`updateOrCreate${suffix}`, 'read', 'list'],
      ...(suffix === '' ? {} : { dialect: 'older' as const }),
      play: async (c) => {
        const path = registry(c);
        const one = person(c);
        const otherField = c.fixtures.text('otherField');
        const write = (content: JsonObject): Promise<Answer> =>
          c.call(`updateOrCreate${suffix}`, { path, body: { query: one.query, write: { content } } });
        await write(one.content);
        c.holds((await read(c, one)).body, { content: one.content }, 'what is missing is created');
        const answer = await write({ ...one.content, [otherField]: 'Changed' });
        c.holds(answer.body, { content: { [otherField]: 'Changed' } }, 'the record is answered as it is now');
        c.holds(
          (await read(c, one)).body,
          { content: { ...one.content, [otherField]: 'Changed' } },
          'what is there is updated',
        );
        const idField = c.fixtures.text('idField');
        const listed = await c.call('list', { path, query: { [`query.${idField}`]: one.id } });
        c.holds(listed.body, { count: 1 }, 'it makes no second record');
      },
    })),
    {
      id: 'idempotency-key',
      title: 'One Idempotency-Key is one request',
      operations: ['create'],
      extension: true,
      dialect: 'both',
      play: async (c) => {
        const headers = { 'Idempotency-Key': c.uuid() };
        const send = (
          content: JsonObject,
          expected: 'success' | readonly number[] = 'success',
        ): Promise<Answer> =>
          c.call('create', { path: registry(c), headers, body: { write: { content } } }, expected);
        const one = person(c);
        const first = await send(one.content);
        const again = await send(one.content);
        c.holds(again.body, first.body ?? null, 'the same request under the same key gets the same answer');
        await send(person(c).content, [422]);
      },
    },
    {
      id: 'content-schema',
      title: 'Content that does not fit the registry, or is there already, is refused',
      operations: ['create', 'read'],
      extension: true,
      dialect: 'both',
      play: async (c) => {
        const path = registry(c);
        const textField = c.fixtures.text('textField');
        await c.call(
          'create',
          { path, body: { write: { content: { ...person(c).content, [textField]: 7 } } } },
          [400],
        );
        const one = await created(c);
        await c.call(
          'create',
          { path, body: { write: { content: { ...one.content, [textField]: 'Other' } } } },
          [409],
        );
        c.holds((await read(c, one)).body, { content: one.content }, 'what is refused changes nothing');
      },
    },
    ...(['createEntries', 'createEntriesOlder'] as const).map((operationId): Scenario => ({
      id: operationId === 'createEntries' ? 'entries' : 'entries-older',
      title: 'Several records are created at once, all or none',
      operations: [operationId, 'exists'],
      ...(operationId === 'createEntries' ? { extension: true } : { dialect: 'older' as const }),
      play: async (c) => {
        const path = registry(c);
        const pair = [person(c), person(c)];
        const answer = await c.call(
          operationId,
          { path, body: { write: pair.map(({ content }) => ({ content })) } },
          [201],
        );
        c.holds(
          answer.body,
          { receive: pair.map(({ content }) => ({ content })) },
          'what is created is answered, in order',
        );
        for (const one of pair) c.expect(await exists(c, one), 'each of them exists', `${one.id} does not`);
      },
    })),
  ];
}

const life = (older: boolean): Scenario => {
  const name = (id: string): string => (older ? `${id}Older` : id);
  return {
    id: older ? 'record-life-older' : 'record-life',
    title: 'A record is created, read, listed, updated, deleted and gone',
    operations: ['create', 'read', 'exists', 'list', 'update', 'delete', name('readValue')],
    ...(older ? { dialect: 'older' as const } : {}),
    play: async (c) => {
      const path = registry(c);
      const one = person(c);
      const other = await created(c);
      c.expect(!(await exists(c, one)), 'what was never written does not exist', 'exists says it does');
      await read(c, one, 'refused');
      const made = await c.call('create', { path, body: { write: { content: one.content } } });
      c.holds(made.body, { content: one.content }, 'what is created is answered');
      c.expect(await exists(c, one), 'what is written exists', 'exists says that it does not');
      c.holds((await read(c, one)).body, { content: one.content }, 'what is written is read back');
      const textField = c.fixtures.text('textField');
      const otherField = c.fixtures.text('otherField');
      const list = (): Promise<Answer> =>
        c.call('list', { path, query: { [`query.${textField}`]: textAt(one.content, textField) } });
      c.holds(
        (await list()).body,
        { count: 1, results: [one.content] },
        'what is written is listed, and nothing else',
      );
      const value = await c.call(name('readValue'), {
        path: { ...path, uuid: one.id, field: otherField, ext: 'json' },
      });
      c.holds(value.body, 'Stone', 'a field is read by itself');
      const change = { [otherField]: 'Field' };
      await c.call('update', { path, body: { query: one.query, write: { content: change } } });
      c.holds(
        (await read(c, one)).body,
        { content: { ...one.content, ...change } },
        'an update changes the named fields and keeps the others',
      );
      c.holds((await read(c, other)).body, { content: other.content }, 'an update changes nothing else');
      for (const _time of ['first', 'again'])
        await c.call('delete', { path: { ...path, id: one.id } }, [204]);
      c.expect(!(await exists(c, one)), 'what is deleted is gone', 'exists still finds it');
      await read(c, one, 'refused');
      c.holds((await list()).body, { count: 0, results: [] }, 'what is deleted is listed no more');
      c.holds((await read(c, other)).body, { content: other.content }, 'a deletion takes nothing else away');
    },
  };
};

import type { JsonObject } from '../../../../contracts/json.js';
import { at, listAt, textAt } from '../../json-at.js';
import type { Answer, Scenario } from '../../suite.js';
import { created, database, exists, registry } from './records.js';

/** What holds for registries as a whole. */
export function registryScenarios(): readonly Scenario[] {
  return [
    {
      id: 'paging',
      title: 'A list comes in pages, in order, whole',
      operations: ['create', 'list'],
      play: async (c) => {
        const path = registry(c);
        const textField = c.fixtures.text('textField');
        const idField = c.fixtures.text('idField');
        const shared = { [textField]: c.unique('Row') };
        const ids: string[] = [];
        for (let made = 0; made < 5; made += 1) ids.push((await created(c, shared)).id);
        ids.sort();
        const page = (number: number, more: Record<string, string> = {}): Promise<Answer> =>
          c.call('list', {
            path,
            query: {
              [`query.${textField}`]: textAt(shared, textField),
              pageSize: '2',
              page: String(number),
              ...more,
            },
          });
        const found: string[] = [];
        for (const number of [1, 2, 3]) {
          const answer = await page(number);
          c.holds(answer.body, { count: 5 }, 'count says how many there are on all pages');
          const rows = listAt(answer, 'results');
          c.expect(
            rows.length === (number === 3 ? 1 : 2),
            'a page holds as many as were asked for',
            `page ${number} holds ${rows.length}`,
          );
          c.expect(
            (at(answer, 'next') !== undefined && at(answer, 'next') !== null) === number < 3,
            'next is there on all pages but the last',
            `page ${number}: ${textAt(answer, 'next')}`,
          );
          found.push(...rows.map((row) => textAt(row, idField)));
        }
        c.holds(found, ids, 'the pages together hold each record once, in ascending order');
        const last = await page(1, { ordering: 'descending' });
        c.holds(
          listAt(last, 'results').map((row) => textAt(row, idField)),
          [...ids].reverse().slice(0, 2),
          'the order can be turned round',
        );
      },
    },
    {
      id: 'search',
      title: 'search looks into the field that filter names',
      operations: ['create', 'list'],
      dialect: 'both',
      play: async (c) => {
        const path = registry(c);
        const one = await created(c);
        await created(c);
        const textField = c.fixtures.text('textField');
        const search = textAt(one.content, textField);
        const answer = await c.call('list', { path, query: { search, filter: textField } });
        c.holds(
          answer.body,
          { count: 1, results: [one.content] },
          'a search finds what fits, and nothing else',
        );
        const wrong = await c.call('list', {
          path,
          query: { search, filter: c.fixtures.text('otherField') },
        });
        c.holds(wrong.body, { count: 0, results: [] }, 'a search looks into no other field');
      },
    },
    {
      id: 'unknown-registry',
      title: 'A registry that there is not is refused',
      operations: ['list', 'create'],
      dialect: 'both',
      play: async (c) => {
        const path = { registryName: c.unique('none'), versionNumber: '1' };
        await c.call('list', { path }, 'refused');
        await c.call('create', { path, body: { write: { content: { a: 'b' } } } }, 'refused');
      },
    },
    {
      id: 'data-usage',
      title: 'Reading about a person leaves a trace that the person can see',
      operations: ['read', 'DPU'],
      play: async (c) => {
        const userId = c.fixtures.text('personId');
        const path = {
          registryName: c.fixtures.text('personRegistry'),
          versionNumber: c.fixtures.text('personVersion'),
        };
        const usage = async (): Promise<number> =>
          listAt(await c.call('DPU', { query: { userId, databaseId: path.registryName } }, [200, 404]))
            .length;
        const before = await usage();
        await c.call('read', {
          path,
          body: { query: { content: { [c.fixtures.text('idField')]: userId } } },
        });
        const after = await c.until(
          () => c.call('DPU', { query: { userId, databaseId: path.registryName } }),
          (answer) => listAt(answer).length > before,
        );
        c.expect(
          listAt(after).length === before + 1,
          'each reading leaves one trace',
          `${before} before, ${listAt(after).length} after`,
        );
        const traces = JSON.stringify(listAt(after).slice(before));
        c.expect(
          traces.includes('CONFORMANCE') || traces.includes(c.fixtures.text('client')),
          'a trace names the reader',
          traces.slice(0, 200),
        );
        await c.call('DPU', { query: { userId: '...', databaseId: path.registryName } }, 'refused');
      },
    },
    {
      id: 'databases',
      title: 'A database is made, listed, described, deleted and gone',
      operations: ['modifyDatabase', 'listDatabases', 'readDatabase', 'deleteDatabase', 'create'],
      play: async (c) => {
        const code = c.unique('Check');
        await c.call('modifyDatabase', { body: database(code) });
        const all = async (): Promise<readonly JsonObject[]> =>
          listAt(await c.call('listDatabases'), 'databases') as readonly JsonObject[];
        const found = (await all()).find(({ name }) => name === code);
        c.expect(found !== undefined, 'a database that was made is listed', `${code} is not among them`);
        if (found === undefined) return;
        const id = textAt(found, 'id');
        const described = await c.call('readDatabase', { path: { id } });
        c.holds(
          described.body,
          { name: code, schema: { required: ['ID'] } },
          'a database is described as it was made',
        );
        await c.call('create', {
          path: { registryName: code, versionNumber: textAt(found, 'version') },
          body: { write: { content: { ID: 'A-1', name: 'Nia' } } },
        });
        for (const _time of ['first', 'again']) {
          const gone = await c.call('deleteDatabase', { path: { id } });
          c.holds(gone.body, 'Success', 'a deletion says Success');
        }
        c.expect(
          !(await all()).some(({ name }) => name === code),
          'a database that was deleted is listed no more',
          `${code} is still there`,
        );
      },
    },
    {
      id: 'tenants',
      title: 'What one tenant writes no other tenant sees',
      operations: ['create', 'exists', 'list'],
      dialect: 'both',
      play: async (c) => {
        const other = c.otherTenant();
        const one = await created(c);
        c.expect(!(await exists(other, one)), 'tenants are kept apart', 'another tenant finds the record');
        const textField = c.fixtures.text('textField');
        const listed = await other.call('list', {
          path: registry(c),
          query: { [`query.${textField}`]: textAt(one.content, textField) },
        });
        c.holds(listed.body, { count: 0 }, 'tenants are kept apart');
      },
    },
  ];
}

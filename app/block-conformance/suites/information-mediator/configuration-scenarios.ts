import { listAt, textAt } from '../../json-at.js';
import type { CheckContext, Scenario } from '../../suite.js';
import { configured, newMember, rightOf } from './configuring.js';
import { place } from './rooms.js';

const isListed = async (c: CheckContext, code: string): Promise<boolean> =>
  JSON.stringify((await c.call('listIMconf')).body).includes(code);

const mayCall = async (c: CheckContext, client: string): Promise<boolean> => {
  const headers = { 'X-GovStack-Client': client };
  const answer = await c.call('allowedMethods', { path: place(c), headers }, 'any');
  const code = c.fixtures.text('serviceCode');
  return answer.status < 400 && listAt(answer, 'member').some((one) => textAt(one, 'serviceCode') === code);
};

/** What an administrator changes of members, services and rights. */
export function configurationScenarios(): readonly Scenario[] {
  return [
    {
      id: 'configuration-life',
      title: 'What is configured is listed beside what was there',
      operations: ['createIMconf', 'updateIMconf', 'listIMconf'],
      play: async (c) => {
        const [one, other] = [c.unique('check-service-'), c.unique('check-service-')];
        await c.call('createIMconf', { body: configured(c, one) });
        c.expect(await isListed(c, one), 'what is configured is listed', `${one} is not there`);
        await c.call('updateIMconf', { body: configured(c, other) });
        c.expect(await isListed(c, other), 'what is added is listed', `${other} is not there`);
        for (const kept of [one, c.fixtures.text('serviceCode')])
          c.expect(await isListed(c, kept), 'an update keeps what it does not name', `${kept} is gone`);
      },
    },
    {
      id: 'configuration-replaced',
      title: 'A configuration that is given back as it was listed leaves what it lists, and nothing else',
      operations: ['createIMconf', 'replaceIMconf', 'listIMconf', 'getAllowed'],
      play: async (c) => {
        const before = (await c.call('listIMconf')).body ?? {};
        const rights = (await c.call('getAllowed', { query: { pageSize: '1000' } })).body ?? {};
        const added = c.unique('check-service-');
        await c.call('createIMconf', { body: configured(c, added) });
        await c.call('replaceIMconf', { body: before });
        c.expect(!(await isListed(c, added)), 'what a replacement leaves out is gone', `${added} is there`);
        c.holds((await c.call('listIMconf')).body, before, 'what a replacement names is there');
        c.holds(
          (await c.call('getAllowed', { query: { pageSize: '1000' } })).body,
          rights,
          'a replacement leaves the rights that it names',
        );
      },
    },
    {
      id: 'rights-change',
      title: 'A right holds from the next call on until it is taken away, and no longer',
      operations: ['setAllowed', 'setDenied', 'allowedMethods'],
      play: async (c) => {
        const [one, other] = [newMember(c), newMember(c)];
        c.expect(!(await mayCall(c, one)), 'nobody has a right that was not given', `${one} may call`);
        for (const _time of ['first', 'again']) await c.call('setAllowed', rightOf(c, one));
        await c.call('setAllowed', rightOf(c, other));
        c.expect(await mayCall(c, one), 'a right holds once it is given', `${one} may not call`);
        for (const _time of ['first', 'again']) await c.call('setDenied', rightOf(c, one));
        c.expect(!(await mayCall(c, one)), 'a right ends when it is taken away', `${one} may still call`);
        c.expect(await mayCall(c, other), 'taking a right away leaves others', `${other} may not call`);
        await c.call('setDenied', rightOf(c, other));
      },
    },
  ];
}

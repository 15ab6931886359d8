import { at, listAt, textAt } from '../../json-at.js';
import type { Scenario } from '../../suite.js';
import { checkHash, everyPage, idsOf } from './looking.js';
import { policyBody } from './requests.js';

/** Policies, with their revisions and pages. */
export function policyScenarios(): readonly Scenario[] {
  return [
    {
      id: 'policy-life',
      title: 'A policy is made, read, also at its revision, and listed',
      operations: ['configPolicyCreate', 'configPolicyRead', 'servicePolicyRead', 'configPolicyList'],
      play: async (c) => {
        const policy = policyBody(c);
        const made = await c.call('configPolicyCreate', { body: { policy } });
        c.holds(made.body, { policy }, 'what is created is answered');
        checkHash(c, at(made, 'revision'));
        const path = { policyId: policy.id };
        for (const operationId of ['configPolicyRead', 'servicePolicyRead'])
          c.holds((await c.call(operationId, { path })).body, { policy }, 'what is created is read back');
        const revisionId = textAt(made, 'revision', 'id');
        c.holds(
          (await c.call('configPolicyRead', { path, query: { revisionId } })).body,
          { policy, revision: { id: revisionId } },
          'a revision is read by its id',
        );
        c.expect(
          idsOf(await everyPage(c, 'configPolicyList', 'policies')).includes(policy.id),
          'what is created is listed',
          'it is not there',
        );
        await c.call('configPolicyRead', { path: { policyId: c.unique('none') } }, 'refused');
      },
    },
    {
      id: 'paging',
      title: 'Lists come in pages: limit and offset are kept',
      operations: ['configPolicyCreate', 'configPolicyList'],
      play: async (c) => {
        for (const _policy of [1, 2, 3])
          await c.call('configPolicyCreate', { body: { policy: policyBody(c) } });
        const page = async (offset: number, limit: number): Promise<readonly string[]> =>
          idsOf(
            listAt(
              await c.call('configPolicyList', { query: { offset: String(offset), limit: String(limit) } }),
              'policies',
            ),
          );
        const [first, second, both] = [await page(0, 1), await page(1, 1), await page(0, 2)];
        c.holds(
          [first.length, second.length, both.length],
          [1, 1, 2],
          'a page holds as many as were asked for',
        );
        c.holds([...first, ...second], both, 'pages follow each other');
      },
    },
    {
      id: 'policy-revisions',
      title: 'A policy is replaced and deleted; its revisions stay',
      operations: [
        'configPolicyCreate',
        'configPolicyUpdate',
        'configPolicyRead',
        'configPolicyRevisionsList',
        'configPolicyDelete',
        'configPolicyList',
      ],
      play: async (c) => {
        const policy = policyBody(c);
        const made = await c.call('configPolicyCreate', { body: { policy } });
        const path = { policyId: policy.id };
        const change = { ...policy, version: '2.0.0' };
        const changed = await c.call('configPolicyUpdate', { path, body: { policy: change } });
        c.holds(changed.body, { policy: change }, 'a change is answered');
        checkHash(c, at(changed, 'revision'));
        c.expect(
          textAt(changed, 'revision', 'id') !== textAt(made, 'revision', 'id'),
          'a change makes a new revision',
          'the revision is the same',
        );
        c.holds(
          (await c.call('configPolicyRead', { path })).body,
          { policy: change },
          'a change is read back',
        );
        c.holds(
          (await c.call('configPolicyRead', { path, query: { revisionId: textAt(made, 'revision', 'id') } }))
            .body,
          { policy },
          'the revision before a change stays as it was',
        );
        c.holds(
          (await c.call('configPolicyRevisionsList', { path })).body,
          { policy: change },
          'revisions are listed with their policy',
        );
        await c.call('configPolicyDelete', { path });
        await c.call('configPolicyRead', { path }, 'refused');
        c.expect(
          !idsOf(await everyPage(c, 'configPolicyList', 'policies')).includes(policy.id),
          'what is deleted is listed no more',
          'it is still there',
        );
        await c.call(
          'configPolicyUpdate',
          { path: { policyId: c.unique('none') }, body: { policy } },
          'refused',
        );
      },
    },
  ];
}

import { at, textAt } from '../../json-at.js';
import type { Scenario } from '../../suite.js';
import { checkHash, everyPage, idsOf } from './looking.js';
import { agreementBody, newAgreement } from './requests.js';

/** Data agreements: their life, revisions and who sees them. */
export function agreementScenarios(): readonly Scenario[] {
  return [
    {
      id: 'agreement-life',
      title: 'A data agreement is made, read, listed, replaced, deleted and gone, with revisions',
      operations: [
        'configDataAgreementCreate',
        'configDataAgreementRead',
        'configDataAgreementList',
        'configDataAgreementUpdate',
        'configDataAgreementDelete',
        'serviceDataAgreementRead',
        'auditDataAgreementRead',
        'auditDataAgreementList',
      ],
      play: async (c) => {
        const dataAgreement = agreementBody(c);
        const shown = {
          id: dataAgreement.id,
          purpose: textAt(dataAgreement, 'purpose'),
          lawfulBasis: 'consent',
        };
        const made = await c.call('configDataAgreementCreate', { body: { dataAgreement } });
        c.holds(
          made.body,
          { dataAgreement: shown, revision: { schemaName: 'DataAgreement', objectId: dataAgreement.id } },
          'what is created is answered, with its first revision',
        );
        checkHash(c, at(made, 'revision'));
        const path = { dataAgreementId: dataAgreement.id };
        c.holds(
          (await c.call('configDataAgreementRead', { path })).body,
          { dataAgreement: shown },
          'what is created is read back',
        );
        c.holds(
          (await c.call('serviceDataAgreementRead', { path })).body,
          { dataAgreement: shown },
          'a service reads what was created',
        );
        const listed = async (operationId: string, member: string): Promise<boolean> =>
          idsOf(await everyPage(c, operationId, member)).includes(dataAgreement.id);
        c.expect(
          await listed('configDataAgreementList', 'dataAgreement'),
          'what is created is listed',
          'it is not there',
        );
        const change = { ...dataAgreement, purpose: 'Pay better' };
        const changed = await c.call('configDataAgreementUpdate', { path, body: { dataAgreement: change } });
        c.holds(changed.body, { dataAgreement: { purpose: 'Pay better' } }, 'a change is answered');
        c.expect(
          textAt(changed, 'revision', 'id') !== textAt(made, 'revision', 'id'),
          'a change makes a new revision',
          'the revision is the same',
        );
        checkHash(c, at(changed, 'revision'));
        c.holds(
          (await c.call('configDataAgreementRead', { path })).body,
          { dataAgreement: { purpose: 'Pay better' } },
          'a change is read back',
        );
        await c.call('configDataAgreementDelete', { path });
        await c.call('configDataAgreementRead', { path }, 'refused');
        await c.call('serviceDataAgreementRead', { path }, 'refused');
        c.expect(
          !(await listed('configDataAgreementList', 'dataAgreement')),
          'what is deleted is listed no more',
          'it is still there',
        );
        c.expect(
          await listed('auditDataAgreementList', 'dataAgreements'),
          'the audit keeps what is deleted',
          'it is not there',
        );
        await c.call('auditDataAgreementRead', { path });
      },
    },
    {
      id: 'agreement-inactive',
      title: 'A service does not see a data agreement that is not active',
      operations: ['configDataAgreementCreate', 'configDataAgreementRead', 'serviceDataAgreementRead'],
      play: async (c) => {
        const path = { dataAgreementId: await newAgreement(c, { active: false }) };
        await c.call('configDataAgreementRead', { path });
        await c.call('serviceDataAgreementRead', { path }, 'refused');
      },
    },
    {
      id: 'tenants',
      title: 'What one tenant agrees no other tenant sees',
      operations: ['configDataAgreementCreate', 'configDataAgreementRead'],
      play: async (c) => {
        const other = c.otherTenant();
        const dataAgreementId = await newAgreement(c);
        await other.call('configDataAgreementRead', { path: { dataAgreementId } }, 'refused');
      },
    },
    {
      id: 'agreements-offered',
      title: 'Whoever verifies sees the agreements that can be consented to, and no others',
      operations: ['configDataAgreementCreate', 'serviceVerificationDataAgreementList'],
      play: async (c) => {
        const [open, closed] = [await newAgreement(c), await newAgreement(c, { active: false })];
        const ids = idsOf(await everyPage(c, 'serviceVerificationDataAgreementList', 'dataAgreements'));
        c.expect(ids.includes(open), 'an active agreement is listed', `${open} is not there`);
        c.expect(
          !ids.includes(closed),
          'an agreement that is not active is not listed',
          `${closed} is there`,
        );
      },
    },
  ];
}

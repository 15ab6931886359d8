import { at, listAt, textAt } from '../../json-at.js';
import type { Answer, Scenario } from '../../suite.js';
import { checkHash, everyPage, idsOf } from './looking.js';
import {
  agreementBody,
  asIndividual,
  decide,
  decision,
  individualBody,
  newAgreement,
  newIndividual,
  newRecord,
  policyBody,
} from './requests.js';

/** The life of agreements, policies, individuals and consent records. */
export function consentScenarios(): readonly Scenario[] {
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
      id: 'individual-life',
      title: 'An individual is made once, read, listed and changed',
      operations: [
        'serviceIndividualCreate',
        'serviceIndividualRead',
        'serviceIndividualList',
        'serviceIndividualUpdate',
      ],
      play: async (c) => {
        const { id: _none, ...individual } = individualBody(c);
        const made = await c.call('serviceIndividualCreate', {
          body: { individual: { id: '', ...individual } },
        });
        c.holds(made.body, { individual }, 'what is created is answered');
        const path = { individualId: textAt(made, 'individual', 'id') };
        c.holds(
          (await c.call('serviceIndividualRead', { path })).body,
          { individual: { ...individual, id: path.individualId } },
          'what is created is read back',
        );
        const other = await newIndividual(c);
        c.expect(other !== path.individualId, 'each individual has an id of its own', other);
        const all = idsOf(await everyPage(c, 'serviceIndividualList', 'individuals'));
        c.expect(
          all.includes(path.individualId) && all.includes(other),
          'what is created is listed',
          'it is not there',
        );
        const identityProviderId = c.unique('N-');
        await c.call('serviceIndividualUpdate', {
          path,
          body: { individual: { ...individual, id: path.individualId, identityProviderId } },
        });
        c.holds(
          (await c.call('serviceIndividualRead', { path })).body,
          { individual: { ...individual, identityProviderId } },
          'a change is read back, and what was there stays',
        );
        const nobody = { individualId: c.unique('none') };
        await c.call('serviceIndividualRead', { path: nobody }, 'refused');
        await c.call(
          'serviceIndividualUpdate',
          { path: nobody, body: { individual: { id: '', ...individual } } },
          'refused',
        );
      },
    },
    {
      id: 'record-life',
      title: 'A consent record is drafted, made, found in each list, refused by the person',
      operations: [
        'serviceIndividualConsentRecordDraftCreate',
        'serviceIndividualConsentRecordCreate',
        'serviceIndividualConsentRecordRead',
        'serviceIndividualConsentRecordList',
        'serviceIndividualDataAgreementConsentRecordList',
        'serviceIndividualConsentRecordUpdate',
        'serviceVerificationConsentRecordRead',
        'serviceVerificationConsentRecordList',
        'auditConsentRecordRead',
        'auditConsentRecordList',
      ],
      play: async (c) => {
        const [agreement, individual] = [await newAgreement(c), await newIndividual(c)];
        const headers = asIndividual(individual);
        const own = async (): Promise<readonly string[]> =>
          idsOf(listAt(await c.call('serviceIndividualConsentRecordList', { headers }), 'consentRecords'));
        const draft = await c.call('serviceIndividualConsentRecordDraftCreate', {
          query: { individualId: individual, dataAgreementId: agreement },
        });
        c.holds(
          draft.body,
          { consentRecord: { optIn: false, state: 'unsigned' } },
          'a draft is not opted in',
        );
        c.expect((await own()).length === 0, 'a draft stores nothing', 'the individual has a record now');
        const record = await newRecord(c, agreement, individual);
        const shown = {
          id: record.id,
          optIn: false,
          state: 'unsigned',
          dataAgreement: { id: agreement },
          individual: { id: individual },
        };
        const reads: readonly Promise<Answer>[] = [
          c.call('serviceIndividualConsentRecordRead', { path: { dataAgreementId: agreement }, headers }),
          c.call('serviceVerificationConsentRecordRead', { path: { consentRecordId: record.id } }),
          c.call('auditConsentRecordRead', { path: { consentRecordId: record.id } }),
        ];
        for (const read of reads)
          c.holds((await read).body, { consentRecord: shown }, 'what is created is read back, not opted in');
        c.holds(await own(), [record.id], 'the individual finds the record, and no other');
        const under = await c.call('serviceIndividualDataAgreementConsentRecordList', {
          path: { dataAgreementId: agreement },
          headers,
        });
        c.holds(
          idsOf(listAt(under, 'consentRecords')),
          [record.id],
          'the record is found under its agreement',
        );
        const verified = await c.call('serviceVerificationConsentRecordList', {
          query: { individualId: individual },
        });
        c.expect(
          idsOf(listAt(verified, 'consentRecords')).includes(record.id),
          'whoever relies on it finds the record',
          'it is not there',
        );
        c.expect(
          idsOf(await everyPage(c, 'auditConsentRecordList', 'consentRecords')).includes(record.id),
          'the audit finds the record',
          'it is not there',
        );
        const refusal = await c.call('serviceIndividualConsentRecordUpdate', {
          path: { consentRecordId: record.id },
          body: { consentRecord: { optIn: false } },
        });
        c.holds(refusal.body, { consentRecord: { id: record.id, optIn: false } }, 'a refusal holds at once');
        c.holds(
          (await c.call('auditConsentRecordRead', { path: { consentRecordId: record.id } })).body,
          { consentRecord: { optIn: false } },
          'a refusal is read back',
        );
        const stranger = await newIndividual(c);
        c.holds(
          (await c.call('serviceIndividualConsentRecordList', { headers: asIndividual(stranger) })).body,
          { consentRecords: [] },
          'nobody sees the records of others',
        );
      },
    },
    {
      id: 'record-repeated',
      title: 'A record is made once for an individual and an agreement',
      operations: ['serviceIndividualConsentRecordCreate'],
      play: async (c) => {
        const record = await newRecord(c);
        const again = await newRecord(c, record.agreement, record.individual);
        c.expect(again.id === record.id, 'the same record is answered again', `${record.id} and ${again.id}`);
      },
    },
    {
      id: 'refusal-recorded',
      title: 'A refusal with a signature that proves nothing is recorded, and never opts in',
      operations: ['serviceIndividualConsentRecordSignatureCreate', 'auditConsentRecordRead'],
      play: async (c) => {
        const who = { agreement: await newAgreement(c), individual: await newIndividual(c) };
        const refusal = await decide(c, who, false);
        c.holds(refusal.body, { consentRecord: { optIn: false } }, 'a refusal is recorded');
        const path = { consentRecordId: textAt(refusal, 'consentRecord', 'id') };
        c.holds(
          (await c.call('auditConsentRecordRead', { path })).body,
          { consentRecord: { optIn: false } },
          'a refusal is read back',
        );
      },
    },
    {
      id: 'forged-signature',
      title: 'A consent needs a signature that holds',
      operations: ['serviceIndividualConsentRecordSignatureCreate', 'serviceVerificationConsentRecordList'],
      extension: true,
      play: async (c) => {
        const who = { agreement: await newAgreement(c), individual: await newIndividual(c) };
        const body = decision(c, who, true);
        await c.call(
          'serviceIndividualConsentRecordSignatureCreate',
          { body: { ...body, signature: { signature: 'forged' } } },
          'refused',
        );
        const found = await c.call('serviceVerificationConsentRecordList', {
          query: { individualId: who.individual },
        });
        const live = listAt(found, 'consentRecords').filter((one) => at(one, 'optIn') === true);
        c.expect(
          live.length === 0,
          'a forged signature opens nothing',
          `${live.length} records are opted in`,
        );
      },
    },
    {
      id: 'unknown',
      title: 'Records of unknown people and agreements are refused',
      operations: [
        'serviceIndividualConsentRecordCreate',
        'serviceVerificationConsentRecordRead',
        'auditConsentRecordRead',
        'serviceIndividualConsentRecordUpdate',
      ],
      play: async (c) => {
        const [agreement, individual] = [await newAgreement(c), await newIndividual(c)];
        const none = c.unique('none');
        await c.call(
          'serviceIndividualConsentRecordCreate',
          { path: { dataAgreementId: none }, query: { individualId: individual } },
          'refused',
        );
        await c.call(
          'serviceIndividualConsentRecordCreate',
          { path: { dataAgreementId: agreement }, query: { individualId: none } },
          'refused',
        );
        const path = { consentRecordId: none };
        await c.call('serviceVerificationConsentRecordRead', { path }, 'refused');
        await c.call('auditConsentRecordRead', { path }, 'refused');
        await c.call(
          'serviceIndividualConsentRecordUpdate',
          { path, body: { consentRecord: { optIn: false } } },
          'refused',
        );
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
  ];
}

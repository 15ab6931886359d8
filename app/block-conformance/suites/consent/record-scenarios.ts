import { at, listAt, textAt } from '../../json-at.js';
import type { Answer, Scenario } from '../../suite.js';
import { everyPage, idsOf } from './looking.js';
import { asIndividual, decide, decision, newAgreement, newIndividual, newRecord } from './requests.js';

/** Consent records: drafted, made, found, refused. */
export function recordScenarios(): readonly Scenario[] {
  return [
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
  ];
}

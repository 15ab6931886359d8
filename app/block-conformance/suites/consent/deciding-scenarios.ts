import { listAt, textAt } from '../../json-at.js';
import type { Scenario } from '../../suite.js';
import { idsOf } from './looking.js';
import { asIndividual, newAgreement, newRecord } from './requests.js';

/** Signatures to complete, and the right to be forgotten. */
export function decidingScenarios(): readonly Scenario[] {
  return [
    {
      id: 'signature-drafted',
      title: 'A record gets a signature to complete, and only what proves the decision completes it',
      operations: [
        'serviceIndividualConsentRecordCreate',
        'serviceIndividualSignatureCreate',
        'serviceIndividualSignatureUpdate',
        'auditConsentRecordRead',
      ],
      extension: true,
      play: async (c) => {
        const path = { consentRecordId: (await newRecord(c)).id };
        const drafted = await c.call('serviceIndividualSignatureCreate', {
          path,
          body: { signature: { signature: '' } },
        });
        c.expect(
          textAt(drafted, 'signature', 'payload') !== '' && textAt(drafted, 'signature', 'signature') === '',
          'a drafted signature says what is to be signed, and is not signed',
          JSON.stringify(drafted.body).slice(0, 200),
        );
        for (const signature of ['', 'forged'])
          await c.call(
            'serviceIndividualSignatureUpdate',
            { path, body: { signature: { signature } } },
            'refused',
          );
        c.holds(
          (await c.call('auditConsentRecordRead', { path })).body,
          { consentRecord: { optIn: false, state: 'unsigned' } },
          'a signature that proves nothing completes nothing',
        );
        await c.call(
          'serviceIndividualSignatureCreate',
          { path: { consentRecordId: c.unique('none') }, body: { signature: { signature: '' } } },
          'refused',
        );
      },
    },
    {
      id: 'forgetting',
      title: 'A person’s records are forgotten, those of others are kept',
      operations: [
        'serviceIndividualConsentRecordCreate',
        'serviceIndividualConsentRecordDeleteAll',
        'serviceIndividualConsentRecordList',
        'serviceVerificationConsentRecordRead',
      ],
      play: async (c) => {
        const agreement = await newAgreement(c, { forgettable: true });
        const [mine, theirs] = [await newRecord(c, agreement), await newRecord(c, agreement)];
        await c.call('serviceIndividualConsentRecordDeleteAll', { headers: asIndividual(mine.individual) });
        const left = await c.call('serviceIndividualConsentRecordList', {
          headers: asIndividual(mine.individual),
        });
        c.holds(idsOf(listAt(left, 'consentRecords')), [], 'what is forgotten is not listed');
        const path = { consentRecordId: mine.id };
        await c.call('serviceVerificationConsentRecordRead', { path }, 'refused');
        const others = await c.call('serviceIndividualConsentRecordList', {
          headers: asIndividual(theirs.individual),
        });
        c.holds(idsOf(listAt(others, 'consentRecords')), [theirs.id], 'others are not forgotten along');
      },
    },
  ];
}

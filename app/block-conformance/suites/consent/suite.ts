import type { CallParts, CheckContext, Suite } from '../../suite.js';
import {
  agreementBody,
  asIndividual,
  decision,
  individualBody,
  newAgreement,
  newIndividual,
  newPolicy,
  newRecord,
  newWebhook,
  policyBody,
  webhookBody,
} from './requests.js';
import { consentScenarios } from './scenarios.js';

const ofAgreement = async (c: CheckContext): Promise<CallParts> => ({
  path: { dataAgreementId: await newAgreement(c) },
});
const ofPolicy = async (c: CheckContext): Promise<CallParts> => ({ path: { policyId: await newPolicy(c) } });
const ofRecord = async (c: CheckContext): Promise<CallParts> => ({
  path: { consentRecordId: (await newRecord(c)).id },
});
const ofIndividual = async (c: CheckContext): Promise<CallParts> => ({
  path: { individualId: await newIndividual(c) },
});
const ofWebhook = async (c: CheckContext): Promise<CallParts> => ({
  path: { webhookId: await newWebhook(c) },
});
const list = (): CallParts => ({ query: { offset: '0', limit: '10' } });
const inAgreement = async (c: CheckContext): Promise<CallParts> => {
  const { agreement, individual } = await newRecord(c);
  return { path: { dataAgreementId: agreement }, headers: asIndividual(individual) };
};

const config = [
  'configPolicyCreate',
  'configPolicyRead',
  'configPolicyList',
  'configPolicyUpdate',
  'configPolicyDelete',
  'configPolicyRevisionsList',
  'configDataAgreementCreate',
  'configDataAgreementRead',
  'configDataAgreementUpdate',
  'configDataAgreementDelete',
  'configDataAgreementRevisionsList',
  'configDataAgreementList',
  'configIndividualCreate',
  'configIndividualRead',
  'configIndividualList',
  'configWebhookCreate',
  'configWebhookRead',
  'configWebhookUpdate',
  'configWebhookDelete',
  'configWebhookList',
];
const service = [
  'serviceIndividualCreate',
  'serviceIndividualRead',
  'serviceIndividualUpdate',
  'serviceIndividualList',
  'servicePolicyRead',
  'serviceDataAgreementRead',
  'serviceIndividualConsentRecordDraftCreate',
  'serviceIndividualConsentRecordRead',
  'serviceIndividualConsentRecordCreate',
  'serviceIndividualDataAgreementConsentRecordList',
  'serviceIndividualConsentRecordList',
  'serviceIndividualConsentRecordSignatureCreate',
  'serviceIndividualConsentRecordUpdate',
  'serviceVerificationConsentRecordList',
  'serviceVerificationConsentRecordRead',
  'serviceVerificationDataAgreementList',
  'serviceIndividualSignatureCreate',
  'serviceIndividualSignatureUpdate',
  'serviceIndividualConsentRecordDeleteAll',
];
const audit = [
  'auditConsentRecordList',
  'auditConsentRecordRead',
  'auditDataAgreementList',
  'auditDataAgreementRead',
];

export const consent: Suite = {
  block: 'consent',
  specification: { name: 'GovStack bb-consent', version: '1.1.0-rc1' },
  headers: (fixtures) => ({ 'Information-Mediator-Client': fixtures.text('client') }),
  samples: {
    serviceIndividualCreate: (c) => ({ body: { individual: individualBody(c) } }),
    serviceIndividualRead: ofIndividual,
    serviceIndividualUpdate: async (c) => ({
      path: { individualId: await newIndividual(c) },
      body: { individual: individualBody(c) },
    }),
    serviceIndividualList: list,
    configPolicyCreate: (c) => ({ body: { policy: policyBody(c) } }),
    configPolicyRead: ofPolicy,
    servicePolicyRead: ofPolicy,
    configPolicyList: list,
    configPolicyUpdate: async (c) => {
      const id = await newPolicy(c);
      return { path: { policyId: id }, body: { policy: { ...policyBody(c), id } } };
    },
    configPolicyDelete: ofPolicy,
    configPolicyRevisionsList: ofPolicy,
    configIndividualCreate: (c) => ({ body: { individual: individualBody(c) } }),
    configIndividualRead: ofIndividual,
    configIndividualList: list,
    configWebhookCreate: () => ({ body: { webhook: webhookBody() } }),
    configWebhookRead: ofWebhook,
    configWebhookUpdate: async (c) => ({ ...(await ofWebhook(c)), body: { webhook: webhookBody() } }),
    configWebhookDelete: ofWebhook,
    configWebhookList: list,
    configDataAgreementCreate: (c) => ({ body: { dataAgreement: agreementBody(c) } }),
    configDataAgreementRead: ofAgreement,
    configDataAgreementUpdate: async (c) => {
      const id = await newAgreement(c);
      return { path: { dataAgreementId: id }, body: { dataAgreement: agreementBody(c, { id }) } };
    },
    configDataAgreementDelete: ofAgreement,
    configDataAgreementRevisionsList: ofAgreement,
    configDataAgreementList: list,
    serviceDataAgreementRead: ofAgreement,
    serviceIndividualConsentRecordDraftCreate: async (c) => ({
      query: { individualId: await newIndividual(c), dataAgreementId: await newAgreement(c) },
    }),
    serviceIndividualConsentRecordRead: inAgreement,
    serviceIndividualConsentRecordCreate: async (c) => ({
      path: { dataAgreementId: await newAgreement(c) },
      query: { individualId: await newIndividual(c) },
    }),
    serviceIndividualDataAgreementConsentRecordList: inAgreement,
    serviceIndividualConsentRecordList: async (c) => ({
      headers: asIndividual((await newRecord(c)).individual),
    }),
    serviceIndividualConsentRecordSignatureCreate: async (c) => ({
      body: decision(c, { agreement: await newAgreement(c), individual: await newIndividual(c) }, false),
    }),
    serviceIndividualConsentRecordUpdate: async (c) => ({
      ...(await ofRecord(c)),
      body: { consentRecord: { optIn: false } },
    }),
    serviceVerificationConsentRecordList: list,
    serviceVerificationConsentRecordRead: ofRecord,
    serviceVerificationDataAgreementList: list,
    serviceIndividualSignatureCreate: async (c) => ({
      ...(await ofRecord(c)),
      body: { signature: { signature: '' } },
    }),
    // Only what the candidate takes for proof completes a signature, and no check can make that.
    serviceIndividualSignatureUpdate: async (c) => {
      const signature = c.fixtures.text('signature');
      return { ...(await ofRecord(c)), body: { signature: { signature } } };
    },
    serviceIndividualConsentRecordDeleteAll: async (c) => ({
      headers: asIndividual((await newRecord(c)).individual),
    }),
    auditConsentRecordList: list,
    auditConsentRecordRead: ofRecord,
    auditDataAgreementList: list,
    auditDataAgreementRead: ofAgreement,
  },
  scenarios: consentScenarios(),
  profiles: {
    config: { title: 'What an administrator sets up', operations: config },
    service: {
      title: 'What services and people do, with the agreements they need',
      operations: [
        ...service,
        'configDataAgreementCreate',
        'auditConsentRecordRead',
        'auditConsentRecordList',
      ],
    },
    audit: { title: 'What an auditor reads', operations: audit },
  },
};

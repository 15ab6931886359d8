import type { Block, BlockDeps } from '../../contracts/block.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { consentRefusal } from './answers.js';
import { auditConsentRecordList } from './operations/audit-consent-record-list.js';
import { auditConsentRecordRead } from './operations/audit-consent-record-read.js';
import { auditDataAgreementList } from './operations/audit-data-agreement-list.js';
import { auditDataAgreementRead } from './operations/audit-data-agreement-read.js';
import { configDataAgreementCreate } from './operations/config-data-agreement-create.js';
import { configDataAgreementDelete } from './operations/config-data-agreement-delete.js';
import { configDataAgreementList } from './operations/config-data-agreement-list.js';
import { configDataAgreementRead } from './operations/config-data-agreement-read.js';
import { configDataAgreementRevisionsList } from './operations/config-data-agreement-revisions-list.js';
import { configDataAgreementUpdate } from './operations/config-data-agreement-update.js';
import { configPolicyCreate } from './operations/config-policy-create.js';
import { configPolicyList } from './operations/config-policy-list.js';
import { configPolicyRead } from './operations/config-policy-read.js';
import { consentRecordCreate } from './operations/consent-record-create.js';
import { consentRecordDraftCreate } from './operations/consent-record-draft-create.js';
import { consentRecordList } from './operations/consent-record-list.js';
import { consentRecordRead } from './operations/consent-record-read.js';
import { consentRecordSignatureCreate } from './operations/consent-record-signature-create.js';
import { consentRecordUpdate } from './operations/consent-record-update.js';
import { dataAgreementConsentRecordList } from './operations/data-agreement-consent-record-list.js';
import { serviceDataAgreementRead } from './operations/service-data-agreement-read.js';
import { serviceIndividualCreate } from './operations/service-individual-create.js';
import { serviceIndividualList } from './operations/service-individual-list.js';
import { serviceIndividualRead } from './operations/service-individual-read.js';
import { serviceIndividualUpdate } from './operations/service-individual-update.js';
import { verificationConsentRecordList } from './operations/verification-consent-record-list.js';
import { verificationConsentRecordRead } from './operations/verification-consent-record-read.js';
import { configPolicyUpdate } from './operations/config-policy-update.js';
import { configPolicyDelete } from './operations/config-policy-delete.js';
import { configPolicyRevisionsList } from './operations/config-policy-revisions-list.js';
import { configWebhookCreate } from './operations/config-webhook-create.js';
import { configWebhookRead } from './operations/config-webhook-read.js';
import { configWebhookUpdate } from './operations/config-webhook-update.js';
import { configWebhookDelete } from './operations/config-webhook-delete.js';
import { configWebhookList } from './operations/config-webhook-list.js';
import { consentSignatureCreate } from './operations/consent-signature-create.js';
import { consentSignatureUpdate } from './operations/consent-signature-update.js';
import { consentRecordDeleteAll } from './operations/consent-record-delete-all.js';
import { verificationDataAgreementList } from './operations/verification-data-agreement-list.js';
import { deriveLive } from './live.js';
import { seedConsent } from './seeds.js';
import { consentRules } from './rules.js';
import { openConsentState, type ConsentState } from './state.js';

/** The consent building block (bb-consent 1.1.0-rc1), simulated: records people's decisions and who proved them. */
export function createConsentBlock(deps: BlockDeps): Block {
  return createContractBlock<ConsentState>(
    {
      id: 'consent',
      title: 'Consent',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      rules: consentRules,
      state: openConsentState,
      derive: deriveLive,
      derivedCollections: { live: 'records and individuals' },
      seed: seedConsent,
      refusal: consentRefusal,
      operations: {
        serviceIndividualCreate,
        serviceIndividualRead,
        serviceIndividualUpdate,
        serviceIndividualList,
        configDataAgreementCreate,
        configDataAgreementRead,
        configDataAgreementUpdate,
        configDataAgreementDelete,
        configDataAgreementList,
        configDataAgreementRevisionsList,
        configPolicyCreate,
        configPolicyRead,
        servicePolicyRead: configPolicyRead,
        configPolicyList,
        serviceDataAgreementRead,
        serviceIndividualConsentRecordDraftCreate: consentRecordDraftCreate,
        serviceIndividualConsentRecordCreate: consentRecordCreate,
        serviceIndividualConsentRecordSignatureCreate: consentRecordSignatureCreate,
        serviceIndividualConsentRecordUpdate: consentRecordUpdate,
        serviceIndividualConsentRecordList: consentRecordList,
        serviceIndividualConsentRecordRead: consentRecordRead,
        serviceIndividualDataAgreementConsentRecordList: dataAgreementConsentRecordList,
        serviceVerificationConsentRecordList: verificationConsentRecordList,
        serviceVerificationConsentRecordRead: verificationConsentRecordRead,
        auditConsentRecordList,
        auditConsentRecordRead,
        auditDataAgreementList,
        auditDataAgreementRead,
        configPolicyUpdate,
        configPolicyDelete,
        configPolicyRevisionsList,
        // The same individuals, seen by an administrator.
        configIndividualCreate: serviceIndividualCreate,
        configIndividualRead: serviceIndividualRead,
        configIndividualList: serviceIndividualList,
        configWebhookCreate,
        configWebhookRead,
        configWebhookUpdate,
        configWebhookDelete,
        configWebhookList,
        serviceVerificationDataAgreementList: verificationDataAgreementList,
        serviceIndividualSignatureCreate: consentSignatureCreate,
        serviceIndividualSignatureUpdate: consentSignatureUpdate,
        serviceIndividualConsentRecordDeleteAll: consentRecordDeleteAll,
      },
    },
    deps,
  );
}

import { ruleOf, type RuleCatalogue } from '../kit/rules.js';

/** Every rule by which an operation of this block answers, with its status and when. The kit's own are in `mocks/kit/rules.ts`. */
export const consentRules: RuleCatalogue = {
  'agreement:changed': ruleOf(
    400,
    'The data agreement has a newer revision than the one that was to be signed',
    ['serviceIndividualConsentRecordSignatureCreate', 'serviceIndividualConsentRecordUpdate'],
  ),
  'agreement:inactive': ruleOf(400, 'The data agreement takes no new consents', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'assisted:no-evidence': ruleOf(400, 'An officer acts for somebody without saying what was seen', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'assisted:no-officer': ruleOf(400, 'Somebody who is no officer acts for somebody else', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'consent:refused': ruleOf(200, 'The person said no, and had not consented before', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'consent:signed': ruleOf(200, 'The person consents, by an attestation of their own session', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'consent:signed-assisted': ruleOf(
    200,
    'The person consents with the help of an officer, who saw evidence',
    ['serviceIndividualConsentRecordSignatureCreate', 'serviceIndividualConsentRecordUpdate'],
  ),
  'consent:unsigned': ruleOf(200, 'A consent record was made that nobody has signed', [
    'serviceIndividualConsentRecordCreate',
  ]),
  'consent:withdrawn': ruleOf(200, 'The person takes the consent back', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  created: ruleOf(200, 'It is new', [
    'configDataAgreementCreate',
    'configPolicyCreate',
    'serviceIndividualCreate',
  ]),
  'data-agreement:exists': ruleOf(400, 'There is another data agreement under this id', [
    'configDataAgreementCreate',
  ]),
  deleted: ruleOf(200, 'It was there, and is no more', ['configDataAgreementDelete']),
  drafted: ruleOf(200, 'What would be signed, without anything being stored', [
    'serviceIndividualConsentRecordDraftCreate',
  ]),
  expired: ruleOf(400, 'The consent has expired: it can only be given anew', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  found: ruleOf(200, 'It is there', [
    'auditConsentRecordRead',
    'auditDataAgreementRead',
    'configDataAgreementRead',
    'configPolicyRead',
    'serviceDataAgreementRead',
    'serviceIndividualConsentRecordRead',
    'serviceIndividualRead',
    'servicePolicyRead',
    'serviceVerificationConsentRecordRead',
  ]),
  'individual:bound': ruleOf(400, 'The individual belongs to another person already', [
    'serviceIndividualUpdate',
  ]),
  'individual:claimed': ruleOf(400, 'Another individual stands for this person', ['serviceIndividualCreate']),
  'individual:exists': ruleOf(400, 'There is another individual under this external id', [
    'serviceIndividualCreate',
  ]),
  'individual:no-person': ruleOf(400, 'The individual stands for no person who could sign', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  listed: ruleOf(200, 'What there is, perhaps nothing', [
    'auditConsentRecordList',
    'auditDataAgreementList',
    'configDataAgreementList',
    'configDataAgreementRevisionsList',
    'configPolicyList',
    'serviceIndividualConsentRecordList',
    'serviceIndividualDataAgreementConsentRecordList',
    'serviceIndividualList',
    'serviceVerificationConsentRecordList',
  ]),
  'policy:exists': ruleOf(400, 'There is another policy under this id', ['configPolicyCreate']),
  repeated: ruleOf(200, 'The same was done before; nothing changes', [
    'configDataAgreementCreate',
    'configDataAgreementDelete',
    'configDataAgreementUpdate',
    'configPolicyCreate',
    'serviceIndividualConsentRecordCreate',
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
    'serviceIndividualCreate',
  ]),
  required: ruleOf(400, 'The query or body does not say which data agreement or individual is meant', [
    'serviceIndividualConsentRecordCreate',
    'serviceIndividualConsentRecordDraftCreate',
    'serviceIndividualConsentRecordList',
    'serviceIndividualConsentRecordSignatureCreate',
  ]),
  'signature:before-withdrawal': ruleOf(400, 'The attestation is older than the last withdrawal', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'signature:missing': ruleOf(400, 'A consent needs a signature', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'signature:not-attested': ruleOf(400, 'The signature is no attestation of this platform', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'signature:other-matter': ruleOf(400, 'The attestation is about another data agreement or answer', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'signature:other-payload': ruleOf(400, 'What was signed is not what the record says', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'signature:other-person': ruleOf(400, 'The attestation is about somebody else', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'signature:other-workspace': ruleOf(400, 'The attestation is of another workspace', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'signature:signed-as': ruleOf(400, 'The signature names another signer than the attestation', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  'signature:used-before': ruleOf(400, 'The attestation was used for this record already', [
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
  ]),
  unknown: ruleOf(400, 'Nothing of this id is there: the official document knows no 404', [
    'auditConsentRecordRead',
    'auditDataAgreementRead',
    'configDataAgreementDelete',
    'configDataAgreementRead',
    'configDataAgreementRevisionsList',
    'configDataAgreementUpdate',
    'configPolicyRead',
    'serviceDataAgreementRead',
    'serviceIndividualConsentRecordCreate',
    'serviceIndividualConsentRecordDraftCreate',
    'serviceIndividualConsentRecordRead',
    'serviceIndividualConsentRecordSignatureCreate',
    'serviceIndividualConsentRecordUpdate',
    'serviceIndividualRead',
    'serviceIndividualUpdate',
    'servicePolicyRead',
    'serviceVerificationConsentRecordRead',
  ]),
  updated: ruleOf(200, 'It was changed', ['configDataAgreementUpdate', 'serviceIndividualUpdate']),
};

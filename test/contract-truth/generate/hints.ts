import type { BlockId } from '../../../contracts/block.js';
import type { Json } from '../../../contracts/json.js';

/**
 * What a generator cannot guess from schemas: which values belong together, and bodies that a block accepts. A third
 * of the requests begin with these before something goes wrong with them.
 */
export interface Hints {
  /** Values of parameters that only make sense together. */
  readonly together?: readonly Readonly<Record<string, string>>[];
  /** By operationId. */
  readonly bodies?: Readonly<Record<string, readonly Json[]>>;
}

const person = (ID: string, FirstName = 'Nia'): Json => ({ ID, FirstName, LastName: 'Stone' });
const registry = (registryName: string, versionNumber: string, uuid: string): Record<string, string> => ({
  registryName,
  versionNumber,
  uuid,
  field: 'FirstName',
  ext: 'json',
});
const UUID = '80bcb084-fa17-11ed-be56-0242ac120002';
const room = (text: string, client: string): Record<string, string> => {
  const [instanceId = '', memberClass = '', memberCode = '', applicationCode = ''] = text.split('/');
  return {
    instanceId,
    memberClass,
    memberCode,
    applicationCode,
    eventType: 'moved',
    'X-GovStack-Client': client,
    'Information-Mediator-Client': client,
    serviceCode: 'alp4aNum3r1c',
  };
};
const MEMBER = 'identifier/identifier/alp4aNum3r1c/alp4aNum3r1c';
const CLIENT = 'eGovStack/GOV/90000009/digitalregistries';
const moved: Json = {
  eventType: 'moved',
  schema: { type: 'object', properties: { district: { type: 'string' } } },
};
const writes: readonly Json[] = [
  { write: { content: person('N-1') } },
  { write: { content: person('N-2', 'Eva') } },
  { query: { content: { ID: 'N-1' } }, write: { content: { ID: 'N-1', FirstName: 'Ada' } } },
  { query: { content: { FirstName: 'Eva' } }, write: { content: { LastName: 'Hill' } } },
  { query: { content: { ID: 'N-1' } }, write: { content: { ID: 'EE123627348834' } } },
];
const queries: readonly Json[] = [
  { query: { content: { ID: 'EE123627348834' } } },
  { query: { content: { FirstName: 'Eva' } } },
  { query: { content: { ID: 'nobody' } } },
];
const entries: readonly Json[] = [
  {
    write: [
      {
        content: person('E-1'),
        createdAt: '2026-01-05T09:00:00Z',
        modifiedAt: '2026-01-05T09:00:00Z',
        uuid: '80bcb084-fa17-41ed-be56-0242ac120003',
      },
    ],
  },
];
const instruction = (requestId: string, account: string): Json => ({
  requestId,
  creditParty: [{ key: 'payeeIdentity', value: account }],
  debitParty: [{ key: 'payerIdentity', value: 'GOV-USCT' }],
  paymentMode: 'transfer',
  amount: 10,
  currency: 'USD',
  descriptionText: 'Training transfer',
});
const olderBatch = (InstructionID: string): Json => ({
  RequestID: 'REQ000000001',
  SourceBBID: 'GOV-USCT0000',
  BatchID: 'BATCH0000001',
  CreditInstructions: [
    {
      InstructionID,
      PayeeFunctionalID: 'FUNCTIONAL-ID-000001',
      Amount: 10,
      Currency: 'USD',
      Narration: 'Training',
    },
  ],
});
const voucher: Json = {
  voucher_amount: 50,
  voucher_currency: 'USD',
  voucher_group: 'Payment Voucher',
  Gov_Stack_BB: 'bb-digital-registries',
};
const redemption: Json = {
  voucher_number: '6004',
  Gov_Stack_BB: 'bb-digital-registries',
  merchant_name: 'Ronan Oliver',
  merchant_bank_details: 'Vigor Bank Group',
  merchant_voucher_group: 'Payment Voucher',
  override: 'true',
};
const redemptions: readonly Json[] = [
  redemption,
  { ...(redemption as object), merchant_voucher_group: 'insufficient funds' },
  { ...(redemption as object), merchant_bank_details: 'Omega Holding Company' },
  { ...(redemption as object), Gov_Stack_BB: 'nobody' },
];
const batchOfMails = Buffer.from(
  JSON.stringify([{ recipientInfo: { email: 'amina@mail.example', name: 'Amina' } }]),
).toString('base64');
const funds: Json = { batchID: 'B-1', payerIdentifier: 'GOV-USCT', currency: 'USD', amount: 10 };

export const hints: Readonly<Partial<Record<BlockId, Hints>>> = {
  'digital-registries': {
    together: [
      registry('registryname', '111', UUID),
      registry('registryname', '111', UUID),
      registry('registryempty', '111', UUID),
      registry('MCTS', '1.0', UUID),
      { userId: 'EE378129277266', databaseId: 'MCTS', userID: 'EE378129277266', DatabaseID: 'MCTS' },
    ],
    bodies: {
      create: writes,
      update: writes,
      updateEntries: writes,
      updateEntriesOlder: writes,
      updateOrCreate: writes,
      updateOrCreateOlder: writes,
      exists: queries,
      read: queries,
      createEntries: entries,
      createEntriesOlder: entries,
    },
  },
  'information-mediator': {
    together: [
      room(MEMBER, MEMBER),
      room(MEMBER, MEMBER),
      room(MEMBER, CLIENT),
      room('SANDBOX/GOV/MOI/POPULATION', 'SANDBOX/GOV/MSW/USCT'),
    ],
    bodies: {
      createEventType: [moved],
      publishEvent: [{ eventType: 'moved', event: { district: 'hills' } }],
      addSub: [{ eventType: 'moved', delivery: 'PULL' }, { eventType: 'moved' }],
      patchSub: [{ eventType: 'moved', delivery: 'PULL', options: { TTL: 60 } }],
    },
  },
  payments: {
    together: [
      {
        batchId: 'B-1',
        command: 'authorize',
        'X-CorrelationID': 'CORR-1',
        'X-Client-Correlation-ID': 'CORR-1',
        'Platform-TenantId': 'usct',
      },
      { voucherserialnumber: '60000' },
      { voucherserialnumber: '6001' },
      { voucherserialnumber: '6002' },
      { voucherserialnumber: '5555' },
    ],
    bodies: {
      handOverBatch: [
        [instruction('R-1', '251900000001')],
        [instruction('R-2', '251911110001'), instruction('R-3', '251900000005')],
      ],
      bulkPayment: [olderBatch('INSTRUCTION-0001')],
      prepaymentValidation: [olderBatch('INSTRUCTION-0001')],
      prepaymentValidationResponse: [{ RequestID: 'REQ000000001', Source_BatchID: 'BATCH0000001' }],
      voucherPreactivation: [
        voucher,
        { ...(voucher as object), voucher_amount: null },
        { ...(voucher as object), voucher_group: null },
        { ...(voucher as object), voucher_currency: '000' },
        { ...(voucher as object), Gov_Stack_BB: 'not_exist' },
      ],
      voucherActivation: [
        { voucher_serial_number: 5550, Gov_Stack_BB: 'bb-digital-registries' },
        { voucher_serial_number: 'x', Gov_Stack_BB: 'bb-digital-registries' },
      ],
      voucherRedemption: redemptions,
      voucherRedemptionMisspelt: redemptions,
      voucherCancellation: [{ voucherserialnumber: '60000', Gov_Stack_BB: 'bb-digital-registries' }],
      registerBeneficiaries: [
        {
          RequestID: 'REQ000000001',
          Beneficiaries: [
            { payeeIdentity: 'PAYEE-1', PaymentModality: '01', FinancialAddress: '251900000001' },
          ],
        },
      ],
    },
  },
  messaging: {
    bodies: {
      sendBatchEmail: [
        {
          recipientInfo: { batchEmailAsBase64: batchOfMails },
          emailContent: { encoding: 'UTF-8', title: 'Training', content: 'Hello' },
        },
      ],
    },
  },
  'financial-institution': {
    together: [{ institution: 'BANK-A', account: 'GOV-USCT', batchId: 'B-1' }],
    bodies: { authorizeFunds: [funds], settleFunds: [funds] },
  },
};

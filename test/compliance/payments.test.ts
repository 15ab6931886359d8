import { complianceSuite } from './suite.js';

complianceSuite({
  block: 'payments',
  count: 74,
  documents: [
    'Registerbeneficiary.yaml',
    'UpdateBeneficiary.yaml',
    'Prepaymentvalidation.yaml',
    'bulkpayment.yaml',
    'VoucherAPIS.json',
  ].map((file) => ({ place: `bb-payments/suite-era/${file}` })),
  magic: [
    // Response codes and modalities, and ISO 4217: closed lists of the contract.
    '00',
    '01',
    /^(USD|AED)$/,
    // Words of the seeds.
    /^(active|suspended|blocked|redeemed|cancelled)$/,
    // A flag that the suite sends as text.
    'true',
  ],
});

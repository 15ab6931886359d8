import { complianceSuite } from './suite.js';

complianceSuite({
  block: 'payments',
  count: 74,
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

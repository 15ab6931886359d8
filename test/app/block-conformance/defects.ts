import { bankDefects } from './defects/banks.js';
import type { Defect } from './defects/defect.js';
import { paymentDefects } from './defects/payments.js';
import { consentDefects, identityDefects, messagingDefects } from './defects/people.js';
import { registryDefects } from './defects/registries.js';
import { mediatorDefects, registrationDefects, schedulerDefects } from './defects/services.js';

/** What never comes, or never ends: nobody waits long for it. */
const endless = new Set([
  'a callback never comes',
  'an alert never rings',
  'an event is never pushed',
  'messages stay scheduled',
  'a status is remembered for ever',
  'a batch is not paid',
  'bounces are delivered',
  'readings leave no trace',
]);

/** Deliberately wrong copies of our blocks, each with one thing that real systems get wrong. */
export const defects: readonly Defect[] = [
  ...registryDefects,
  ...paymentDefects,
  ...consentDefects,
  ...identityDefects,
  ...messagingDefects,
  ...registrationDefects,
  ...schedulerDefects,
  ...mediatorDefects,
  ...bankDefects,
].map((defect) => (endless.has(defect.name) ? { ...defect, patienceMs: 400 } : defect));

import { bankDefects } from './defects/banks.js';
import type { Defect } from './defects/defect.js';
import { paymentDefects } from './defects/payments.js';
import { consentDefects } from './defects/consent.js';
import { identityDefects } from './defects/identity.js';
import { messagingDefects } from './defects/messaging.js';
import { registryDefects } from './defects/registries.js';
import { mediatorDefects } from './defects/mediator.js';
import { registrationDefects } from './defects/registration.js';
import { schedulerDefects } from './defects/scheduler.js';
import { workflowDefects } from './defects/workflow.js';

/** What never comes, or never ends: nobody waits long for it. */
const endless = new Set([
  'a callback never comes',
  'an alert never rings',
  'an event is never pushed',
  'a webhook is never told',
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
  ...workflowDefects,
].map((defect) => (endless.has(defect.name) ? { ...defect, patienceMs: 400 } : defect));

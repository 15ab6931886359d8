import type { BlockId } from '../../contracts/block.js';
import type { Suite } from './suite.js';
import { consent } from './suites/consent/suite.js';
import { digitalRegistries } from './suites/digital-registries/suite.js';
import { financialInstitution } from './suites/financial-institution/suite.js';
import { identity } from './suites/identity/suite.js';
import { informationMediator } from './suites/information-mediator/suite.js';
import { messaging } from './suites/messaging/suite.js';
import { payments } from './suites/payments/suite.js';
import { registration } from './suites/registration/suite.js';
import { scheduler } from './suites/scheduler/suite.js';
import { workflow } from './suites/workflow/suite.js';

const suites: Readonly<Record<BlockId, Suite>> = {
  consent,
  'digital-registries': digitalRegistries,
  'financial-institution': financialInstitution,
  identity,
  'information-mediator': informationMediator,
  messaging,
  payments,
  registration,
  scheduler,
  workflow,
};

export function suiteOf(block: BlockId): Suite {
  return suites[block];
}

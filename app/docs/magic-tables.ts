import { subjectTable } from '../../mocks/consent/outcomes.js';
import { personTable } from '../../mocks/digital-registries/outcomes.js';
import { accountTable, amountTable, payerTable } from '../../mocks/financial-institution/outcomes.js';
import { biometricTable, passwordTable } from '../../mocks/identity/outcomes.js';
import type { MagicTable } from '../../mocks/kit/magic.js';
import { recipientTable } from '../../mocks/messaging/outcomes.js';
import { mapperTable } from '../../mocks/payments/outcomes.js';
import { documentTable } from '../../mocks/registration/outcomes.js';
import { eventTable } from '../../mocks/scheduler/outcomes.js';

/** The magic values of all blocks: what the documentation prints, and a test walks row by row. */
export const magicTables: readonly MagicTable[] = [
  accountTable,
  payerTable,
  amountTable,
  mapperTable,
  recipientTable,
  personTable,
  subjectTable,
  passwordTable,
  biometricTable,
  documentTable,
  eventTable,
];

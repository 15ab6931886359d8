import { SandboxError } from '../../../contracts/problems.js';
import type { Operation } from '../../kit/contract-block.js';
import { isCurrency, isPayable } from '../../kit/money.js';
import { acceptBatch, type OrderedInstruction, type Party } from '../accept-batch.js';
import type { PaymentsState } from '../state.js';

interface Instruction {
  readonly requestId: string;
  readonly creditParty: readonly Party[];
  readonly debitParty: readonly Party[];
  readonly amount: number;
  readonly currency: string;
  readonly descriptionText?: string;
}

const PAYEE_KEYS = ['payeeIdentity', 'functionalId', 'payeeFunctionalID'];
const PAYER_KEYS = ['payerIdentity', 'payerIdentifier'];
const LONGEST_PAYER = 20;

/**
 * bb-payments, Batch Transaction Handover: takes the batch and settles it afterwards. Two handovers are two batches,
 * whatever they contain: a client that sends twice pays twice. Raises GSB-REQ-001 for what a schema cannot say.
 */
export const handOverBatch: Operation<PaymentsState> = ({ body, headers, key, now }) => {
  const seen = new Set<string>();
  const instructions = (body as unknown as readonly Instruction[]).map(
    (instruction, index): OrderedInstruction => {
      const { requestId, amount, currency, descriptionText } = instruction;
      if (seen.has(requestId)) refuse(index, 'requestId', 'stands in this batch twice');
      seen.add(requestId);
      if (!isPayable(amount)) refuse(index, 'amount', 'must have at most two decimals');
      if (!isCurrency(currency)) refuse(index, 'currency', 'is no ISO 4217 currency');
      const payee = partyOf(instruction.creditParty, PAYEE_KEYS);
      const payer = partyOf(instruction.debitParty, PAYER_KEYS);
      if (!payee) refuse(index, 'creditParty', `needs one of the keys ${PAYEE_KEYS.join(', ')}`);
      if (!payer) refuse(index, 'debitParty', `needs one of the keys ${PAYER_KEYS.join(', ')}`);
      if (payee.value.length > LONGEST_PAYER)
        refuse(index, 'creditParty', 'a payee identity has up to 20 characters');
      if (payer.value.length > LONGEST_PAYER)
        refuse(index, 'debitParty', 'a payer identity has up to 20 characters');
      const narration = descriptionText === undefined ? {} : { narration: descriptionText };
      return { instructionId: requestId, payee, payer, amount, currency, ...narration };
    },
  );
  const order = {
    correlationId: headers['x-correlationid'] ?? '',
    tenant: headers['platform-tenantid'] ?? '',
    programme: headers['x-program-id'] ?? headers['x-registering-institution-id'] ?? '',
    callbackUrl: headers['x-callback-url'] ?? '',
    instructions,
  };
  const { batchId, effects, jobs } = acceptBatch(order, key, now);
  return Promise.resolve({ status: 202, rule: 'accepted', body: { batchId }, effects, jobs });
};

function partyOf(parties: readonly Party[], keys: readonly string[]): Party | undefined {
  return parties.find(({ key }) => keys.includes(key));
}

function refuse(index: number, field: string, why: string): never {
  throw new SandboxError('GSB-REQ-001', { detail: `/body/${index}/${field} ${why}` });
}

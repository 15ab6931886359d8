import { SandboxError } from '../../../contracts/problems.js';
import type { Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { isCurrency, isPayable, toMinor } from '../../kit/money.js';
import { deriveId } from '../derive-id.js';
import { settleJob } from '../settlement/settle-job.js';
import type { BatchDocument, InstructionDocument, PaymentsState } from '../state.js';
import { START_DELAY } from '../timing.js';

interface Party {
  readonly key: string;
  readonly value: string;
}

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
  const instructions = body as unknown as readonly Instruction[];
  const batchId = deriveId('B-', 26, key);
  const startedAt = now.toISOString();
  const seen = new Set<string>();
  const docs = instructions.map((instruction, index): InstructionDocument => {
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
    return {
      _id: `${batchId}/${String(index).padStart(5, '0')}`,
      batchId,
      instructionId: requestId,
      payee: payee.value,
      payeeKey: payee.key,
      payer: payer.value,
      payerKey: payer.key,
      amountMinor: toMinor(amount),
      currency,
      ...(descriptionText === undefined ? {} : { narration: descriptionText }),
      status: 'IN_PROGRESS',
      startedAt,
    };
  });
  const batch: BatchDocument = {
    _id: batchId,
    correlationId: headers['x-correlationid'] ?? '',
    tenant: headers['platform-tenantid'] ?? '',
    programme: headers['x-program-id'] ?? headers['x-registering-institution-id'] ?? '',
    callbackUrl: headers['x-callback-url'] ?? '',
    stage: 'accepted',
    round: 0,
    figures: {
      total: docs.length,
      completed: 0,
      failed: 0,
      totalMinor: docs.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      completedMinor: 0,
      failedMinor: 0,
    },
    payers: [],
    at: startedAt,
  };
  return Promise.resolve({
    status: 202,
    rule: 'accepted',
    body: { batchId },
    effects: [...docs.map((doc) => put('instructions', doc)), put('batches', batch)],
    jobs: [settleJob(batchId, 0, START_DELAY)],
  });
};

function partyOf(parties: readonly Party[], keys: readonly string[]): Party | undefined {
  return parties.find(({ key }) => keys.includes(key));
}

function refuse(index: number, field: string, why: string): never {
  throw new SandboxError('GSB-REQ-001', { detail: `/body/${index}/${field} ${why}` });
}

import type { Document } from '../../contracts/documents.js';
import type { Institution, PaymentModality } from '../kit/institutions.js';
import type { ScopedCollection, StateScope } from '../kit/state.js';

/**
 * Payments' state, in words of its own: the published document and the older dialect are two spellings of it.
 * Amounts are in minor units. Instructions are documents of their own, so that a batch of 10,000 is never rewritten
 * as a whole.
 */
export interface PaymentsState {
  readonly institutions: ScopedCollection<InstitutionDocument>;
  readonly payers: ScopedCollection<PayerDocument>;
  readonly beneficiaries: ScopedCollection<BeneficiaryDocument>;
  readonly batches: ScopedCollection<BatchDocument>;
  readonly instructions: ScopedCollection<InstructionDocument>;
  readonly ledger: ScopedCollection<LedgerDocument>;
  readonly validations: ScopedCollection<ValidationDocument>;
  readonly vouchers: ScopedCollection<VoucherDocument>;
  readonly voucherGroups: ScopedCollection<VoucherGroupDocument>;
  readonly buildingBlocks: ScopedCollection<Document>;
  readonly counters: ScopedCollection<CounterDocument>;
}

export interface InstitutionDocument extends Document {
  readonly institution: Institution;
}

/** `_id` is the payer's account. */
export interface PayerDocument extends Document {
  readonly institution: string;
}

/** The account mapper; `_id` is the payee identity, a functional ID. */
export interface BeneficiaryDocument extends Document {
  /** Absent for somebody whose payment route nobody told yet, as the older dialect allows. */
  readonly modality?: PaymentModality;
  readonly address: string;
  readonly institution?: string;
  readonly active: boolean;
  readonly registeredBy: string;
  readonly at: string;
}

export type BatchStage =
  | 'accepted'
  /** Each payee is routed or failed. */
  | 'resolved'
  /** The payers' institutions have decided about the funds. */
  | 'authorised'
  | 'settled'
  /** Some outcomes never came; nobody asks any more. */
  | 'stalled';

export interface BatchDocument extends Document {
  readonly correlationId: string;
  readonly tenant: string;
  readonly programme: string;
  /** Empty where nobody is to be told: the older dialect may name nobody. */
  readonly callbackUrl: string;
  readonly stage: BatchStage;
  /** How often outcomes were asked for. */
  readonly round: number;
  /** How often the institutions answered, and something was pending. */
  readonly pending?: number;
  readonly figures: BatchFigures;
  readonly payers: readonly PayerShare[];
  readonly at: string;
}

export interface BatchFigures {
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  readonly totalMinor: number;
  readonly completedMinor: number;
  readonly failedMinor: number;
}

/** What one account has to provide for a batch. */
export interface PayerShare {
  readonly payer: string;
  readonly currency: string;
  readonly amountMinor: number;
}

export type InstructionStatus = 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

/** `_id` is `<batch>/<position in the batch, five digits>`. */
export interface InstructionDocument extends Document {
  readonly batchId: string;
  readonly instructionId: string;
  readonly payee: string;
  readonly payeeKey: string;
  readonly payer: string;
  readonly payerKey: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly narration?: string;
  readonly status: InstructionStatus;
  readonly route?: Route;
  readonly reason?: string;
  readonly startedAt: string;
  readonly completedAt?: string;
}

export interface Route {
  readonly institution: string;
  readonly account: string;
}

/** A credit that reached somebody. `_id` is `<batch>/<instruction>`, and nothing is unique across batches. */
export interface LedgerDocument extends Document {
  readonly programme: string;
  readonly payeeIdentity: string;
  readonly account: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly batchId: string;
  readonly instructionId: string;
  readonly correlationId: string;
  readonly at: string;
}

export interface ValidationDocument extends Document {
  readonly correlationId: string;
  readonly batchId: string;
  /** The institution where unregistered accounts lie; absent where only registered payees count. */
  readonly destination?: string;
  readonly callbackUrl: string;
  readonly instructions: readonly { readonly instructionId: string; readonly address: string }[];
  /** Kept to be asked for, as the older dialect does, instead of being called back. */
  readonly collected?: CollectedValidation;
}

export interface CollectedValidation {
  /** False while institutions are still being asked. */
  readonly complete: boolean;
  readonly failures: readonly DestinationFailure[];
}

export interface DestinationFailure {
  readonly instructionID: string;
  readonly failureReason: string;
}

/** `suspended` and `blocked` come from seeds: no operation of either dialect leads there. */
export type VoucherStage = 'created' | 'active' | 'suspended' | 'blocked' | 'redeemed' | 'cancelled';

/** `_id` is the serial number. */
export interface VoucherDocument extends Document {
  readonly stage: VoucherStage;
  readonly voucherNumber: string;
  readonly batchId: string;
  readonly instructionId: string;
  readonly programme: string;
  readonly payeeIdentity: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly expiresAt: string;
  /** Whose funds it is paid from: groupCode, or voucher_group in the older dialect. */
  readonly group?: string;
  readonly transactionId?: string;
  /** Who redeemed it, where the older dialect said so. */
  readonly merchant?: string;
}

/** The funding account of a voucher group; `_id` is the group. Groups without one have no limit. */
export interface VoucherGroupDocument extends Document {
  readonly fundsMinor: number;
  readonly currency: string;
}

export interface CounterDocument extends Document {
  readonly next: number;
}

export function paymentsState(scope: StateScope): PaymentsState {
  return {
    institutions: scope.collection('institutions'),
    payers: scope.collection('payers'),
    beneficiaries: scope.collection('beneficiaries'),
    batches: scope.collection('batches', ['correlationId']),
    instructions: scope.collection('instructions', ['status']),
    ledger: scope.collection('ledger', ['programme', 'payeeIdentity']),
    validations: scope.collection('validations', ['batchId']),
    vouchers: scope.collection('vouchers', ['voucherNumber']),
    voucherGroups: scope.collection('voucherGroups'),
    buildingBlocks: scope.collection('buildingBlocks'),
    counters: scope.collection('counters'),
  };
}

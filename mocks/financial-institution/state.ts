import type { Document } from '../../contracts/documents.js';
import { SandboxError } from '../../contracts/problems.js';
import { nearIds } from '../kit/near-documents.js';
import type { Institution } from '../kit/institutions.js';
import type { ScopedCollection, StateScope } from '../kit/state.js';

export interface InstitutionDocument extends Document {
  readonly institution: Institution;
}

/** `_id` is `<institution>/<account>`. */
export interface AccountDocument extends Document {
  readonly institution: string;
  readonly account: string;
  readonly holder?: string;
  readonly balanceMinor: number;
  readonly currency: string;
  /** Instructions booked or refused so far: what `fails-once` counts. */
  readonly instructions: number;
}

/** `_id` is `<institution>/<batch>/<instruction>`: an instruction is booked once per batch. */
export interface CreditDocument extends Document {
  readonly account: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly status: CreditStatus;
  readonly reason?: string;
  /** Real instant from which a pending credit has its final status. */
  readonly decidedAt?: string;
  readonly at: string;
}
export type CreditStatus = 'COMPLETED' | 'FAILED' | 'PENDING';

/** Funds set aside; `_id` is `<institution>/<batch>/<payer>/<currency>`. */
export interface ReservationDocument extends Document {
  readonly amountMinor: number;
  readonly releasedMinor: number;
  readonly at: string;
}

export interface InstitutionState {
  readonly institutions: ScopedCollection<InstitutionDocument>;
  readonly accounts: ScopedCollection<AccountDocument>;
  readonly credits: ScopedCollection<CreditDocument>;
  readonly reservations: ScopedCollection<ReservationDocument>;
}

export function institutionState(scope: StateScope): InstitutionState {
  return {
    institutions: scope.collection('institutions'),
    accounts: scope.collection('accounts'),
    credits: scope.collection('credits'),
    reservations: scope.collection('reservations'),
  };
}

/** The institution that the path names. Raises GSB-REQ-002 when the sandbox plays none of that code. */
export async function institutionOf(state: InstitutionState, code: string | undefined): Promise<Institution> {
  const found = code === undefined ? undefined : await state.institutions.get(code);
  if (!found) {
    const near = await nearIds(state.institutions, code ?? '');
    throw new SandboxError('GSB-REQ-002', { detail: `there is no institution ${code ?? ''}${near}` });
  }
  return found.doc.institution;
}

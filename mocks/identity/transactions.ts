import type { IdentityState, TransactionDoc } from './state.js';

const WRONG_ATTEMPTS_ALLOWED = 5;

export async function findTransaction(
  state: IdentityState,
  filter:
    { readonly linkCode: string } | { readonly linkedTransactionId: string } | { readonly code: string },
): Promise<TransactionDoc | undefined> {
  const found = await state.transactions.find({ filter: { ...filter }, limit: 1 });
  return found[0]?.doc;
}

/** The transaction as it is after too many wrong answers. */
export function locked(transaction: TransactionDoc): TransactionDoc {
  return { ...transaction, failedAttempts: WRONG_ATTEMPTS_ALLOWED };
}

/** Too many wrong answers end a transaction: guessing must not go on. */
export function isLocked({ failedAttempts }: TransactionDoc): boolean {
  return failedAttempts >= WRONG_ATTEMPTS_ALLOWED;
}

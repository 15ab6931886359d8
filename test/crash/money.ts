import { ApiRefusal } from '../../cli/api-client.js';
import type { Access } from '../../cli/access.js';

export interface LedgerEntry {
  readonly payeeIdentity: string;
  readonly account: string;
  readonly amount: number;
  readonly batchId: string;
  /** `<functional ID><year and month of the cycle, four digits><attempt>`: see payment-cycle.yaml. */
  readonly instructionId: string;
}

export async function readLedger(access: Access, trainer: string): Promise<readonly LedgerEntry[]> {
  return (await access.as(trainer).get<{ entries: readonly LedgerEntry[] }>('/ledger')).entries;
}

/** How many credits each beneficiary had in each cycle, by `<functional ID> <cycle>`. */
export function creditsPerCycle(entries: readonly LedgerEntry[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { payeeIdentity, instructionId } of entries) {
    const key = `${payeeIdentity} ${instructionId.slice(-5, -1)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/**
 * A second witness: what the institutions hold on the accounts. Returns the accounts whose balance is not the sum of
 * their credits in the ledger.
 */
export async function accountsOff(
  access: Access,
  trainer: string,
  entries: readonly LedgerEntry[],
): Promise<readonly string[]> {
  const institutions = access.block(trainer, 'financial-institution');
  const listed = await institutions.get<readonly { code: string }[]>('/institutions');
  const sums = new Map<string, number>();
  for (const { account, amount } of entries) sums.set(account, (sums.get(account) ?? 0) + amount);
  const off: string[] = [];
  for (const [account, sum] of sums) {
    const held = await Promise.all(
      listed.map(({ code }) =>
        institutions
          .get<{ balance: number }>(`/institutions/${code}/accounts/${account}`)
          .then(({ balance }) => balance, unknownAccount),
      ),
    );
    const balance = held.reduce((all, one) => all + one, 0);
    if (Math.abs(balance - sum) > 0.005)
      off.push(`${account}: ${balance} on the account, ${sum} in the ledger`);
  }
  return off;
}

const FIRST_SERIAL = 100_001;
const ACTIVE = 2;

/** Vouchers that can be cashed: what was created twice and activated once counts once. */
export async function activeVouchers(access: Access, trainer: string): Promise<number> {
  const payments = access.block(trainer, 'payments');
  let active = 0;
  for (let serial = FIRST_SERIAL; ; serial += 1) {
    const found = await payments
      .get<{ status: number }>(`/vouchers/${serial}?fields=status`)
      .catch((error: unknown) => {
        // The published document answers 400 for a voucher that does not exist.
        if (error instanceof ApiRefusal && error.status === 400) return undefined;
        throw error;
      });
    if (found === undefined) return active;
    if (found.status === ACTIVE) active += 1;
  }
}

function unknownAccount(error: unknown): number {
  if (error instanceof ApiRefusal && error.status === 404) return 0;
  throw error;
}

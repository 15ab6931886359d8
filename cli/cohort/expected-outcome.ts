import {
  assets,
  type CensusRow,
  type ExpectedOutcome,
  type RegistryEntries,
  type Region,
} from './household.js';
import { intakeProblem } from './intake-rules.js';
import { assess } from './means-test.js';

/**
 * What must become of one census line when officers confirm what they are asked to confirm, and nobody helps further:
 * each line ends in exactly one outcome. Independent of the workflows, so that it can disagree with them.
 */
export function expectedOutcome(
  {
    row,
    line,
    registries,
  }: { readonly row: CensusRow; readonly line: number; readonly registries: RegistryEntries },
  firstLineOfId: ReadonlyMap<string, number>,
  today: string,
): ExpectedOutcome {
  const problem = intakeProblem(row, line, firstLineOfId, today);
  if (problem !== undefined) return { outcome: 'rejected-at-intake', ...problem };
  if (row.national_id === '') return { outcome: 'waiting-for-a-person' };
  if (row.consent === 'refused') return { outcome: 'consent-refused' };
  if (row.consent !== 'granted' || row.consent_sheet === '') return { outcome: 'waiting-for-a-person' };
  if (differs(row, registries)) return { outcome: 'waiting-for-a-person' };
  if (!assess(verifiedHousehold(row, registries)).eligible) return { outcome: 'not-eligible' };
  return { outcome: paymentOutcome(row) };
}

const plain = (name: string): string =>
  name
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll(/ +/g, ' ')
    .trim();

/** Differences that go to a case officer: README, "Differences". */
function differs(row: CensusRow, { population, civil, tax, land }: RegistryEntries): boolean {
  if (population === undefined) return true;
  return (
    plain(population.firstName) !== plain(row.first_name) ||
    plain(population.lastName) !== plain(row.last_name) ||
    population.birthDate !== row.birth_date ||
    civil?.lifeStatus === 'deceased' ||
    (civil !== undefined && Number(row.children) - civil.dependants > 1) ||
    (tax?.monthlyIncome ?? 0) > 50 + 1.5 * Number(row.monthly_income) ||
    (land?.hectares ?? 0) > 0.5 + Number(row.land_hectares)
  );
}

function verifiedHousehold(row: CensusRow, { tax, land }: RegistryEntries): Parameters<typeof assess>[0] {
  const owned = row.assets.split(';');
  return {
    region: row.region as Region,
    size: Number(row.household_size),
    dependants: Number(row.children),
    elderly: Number(row.elderly),
    disabled: Number(row.disabled),
    displaced: row.displaced === 'yes',
    assets: assets.filter((asset) => owned.includes(asset)),
    landHectares: Math.max(Number(row.land_hectares), land?.hectares ?? 0),
    monthlyIncome: Math.max(Number(row.monthly_income), tax?.monthlyIncome ?? 0),
  };
}

/** Regions where a voucher can be cashed without anybody arranging it. */
const voucherRegions: readonly string[] = ['capital', 'coast', 'plains', 'hills'];
/** Last four digits of training accounts that never take a credit; 0005 takes the second one, 0006 takes it late. */
const failingAccounts: readonly string[] = ['0001', '0002', '0003', '0004', '0007'];

function paymentOutcome(row: CensusRow): 'paid' | 'payment-failed' | 'no-payment-route' {
  const hasAccount = (row.payment_route === 'bank' || row.payment_route === 'mobile') && row.account !== '';
  if (hasAccount) return failingAccounts.includes(row.account.slice(-4)) ? 'payment-failed' : 'paid';
  if (row.payment_route === 'voucher' || row.payment_route === 'pay-point') return 'paid';
  return voucherRegions.includes(row.region) ? 'paid' : 'no-payment-route';
}

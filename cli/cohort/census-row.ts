import type { CensusRow, Sex, TrueHousehold } from './household.js';
import { inventName } from './names.js';
import type { Chance } from './random.js';

/** The census line of a household as a careful enumerator writes it. `serial` makes national IDs unique. */
export function writeCensusRow(chance: Chance, household: TrueHousehold, serial: number): CensusRow {
  const sex: Sex = chance.happens(0.85) ? household.headSex : chance.pick(['female', 'male'] as const);
  const { first, last } = inventName(chance, sex);
  const hasPhone = chance.happens(household.region === 'capital' ? 0.95 : 0.83);
  // +999 is no country: these numbers can never ring. The ending is no special one, as the number may be the account too.
  const phone = hasPhone ? `+999${String(serial).padStart(6, '0')}${chance.whole(100, 999)}` : '';
  const payment = choosePayment(chance, phone, serial);
  const consent = chance.weighted({ sheet: 91, refused: 3, silent: 4, lost: 2 });
  return {
    national_id: chance.happens(0.95)
      ? `3${String(serial).padStart(6, '0')}${String(chance.whole(0, 999)).padStart(3, '0')}`
      : '',
    first_name: first,
    last_name: last,
    birth_date: birthDate(chance),
    sex,
    phone,
    region: household.region,
    household_size: String(household.size),
    children: String(household.children),
    elderly: String(household.elderly),
    disabled: String(household.disabled),
    displaced: household.displaced ? 'yes' : 'no',
    head_sex: household.headSex,
    assets: household.assets.join(';'),
    land_hectares: String(household.landHectares),
    monthly_income: String(household.monthlyIncome),
    ...payment,
    consent: consent === 'refused' ? 'refused' : consent === 'silent' ? '' : 'granted',
    consent_sheet: consent === 'sheet' ? `SHEET-${String(serial).padStart(6, '0')}` : '',
  };
}

function birthDate(chance: Chance): string {
  const [year, month, day] = [chance.whole(1942, 2004), chance.whole(1, 12), chance.whole(1, 28)];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Endings that training institutions treat in a special way; see the payments block. */
const specialEndings = { '0001': 10, '0003': 7, '0005': 15, '0006': 6, '0007': 7 } as const;

function choosePayment(
  chance: Chance,
  phone: string,
  serial: number,
): Pick<CensusRow, 'payment_route' | 'account'> {
  const route = chance.weighted({ mobile: 42, bank: 26, 'pay-point': 6, voucher: 6, none: 20 });
  const special = chance.happens(0.07) ? chance.weighted(specialEndings) : undefined;
  switch (route) {
    case 'bank':
      return {
        payment_route: route,
        account: `${chance.pick(['BA', 'BB'] as const)}${String(serial).padStart(6, '0')}${special ?? ending(chance)}`,
      };
    case 'mobile':
      // Without a phone there is no wallet: the enumerator wrote what was wished for, and no number.
      if (phone === '') return { payment_route: route, account: '' };
      return {
        payment_route: route,
        account: special === undefined ? phone : `${phone.slice(0, -4)}${special}`,
      };
    case 'voucher':
    case 'pay-point':
    case 'none':
      return { payment_route: route, account: '' };
  }
}

/** Four digits that mean nothing special. */
function ending(chance: Chance): string {
  return String(chance.whole(1000, 9999));
}

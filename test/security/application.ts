import type { JsonObject } from '../../contracts/json.js';

const people = {
  amina: {
    individualId: '2001000017',
    firstName: 'Amina',
    lastName: 'Haddad',
    birthDate: '1988-03-14',
    sex: 'female',
    phone: '+15550101',
  },
  tomas: {
    individualId: '2001000025',
    firstName: 'Tomas',
    lastName: 'Berg',
    birthDate: '1979-07-02',
    sex: 'male',
    phone: '+15550102',
  },
};

/** A form that the USCT accepts. */
export function application(of: keyof typeof people): JsonObject {
  return {
    channel: 'citizen',
    applicant: people[of],
    household: {
      region: 'hills',
      size: 6,
      dependants: 4,
      elderly: 1,
      disabled: 0,
      displaced: false,
      headSex: 'female',
      assets: ['radio', 'goats'],
      landHectares: 0.5,
      monthlyIncome: 60,
    },
    payment: { route: 'mobile', account: '+999005501' },
    oneTimeCode: '111111',
  };
}

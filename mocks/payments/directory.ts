import { defaultInstitutions } from '../kit/institutions.js';

/** Payments as a member of the information mediator: who it is when it calls the institutions. */
export const PAYMENTS_CLIENT = 'SANDBOX/GOV/PAYMENTS/HUB';

/** The rights that payments needs at each institution's service. */
export const paymentsRights = defaultInstitutions.map(({ service }) => ({
  service,
  client: PAYMENTS_CLIENT,
  operations: ['validateAccounts', 'authorizeFunds', 'settleFunds', 'creditAccounts'],
  basis: { kind: 'public-task', reference: 'Payment mandate of the programme (training)' },
}));

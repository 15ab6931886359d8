import type { Json, JsonObject } from '../../../../contracts/json.js';
import { listAt, textAt } from '../../json-at.js';
import type { Scenario } from '../../suite.js';
import {
  institutionHeaders,
  lookUp,
  lookupHeaders,
  newPayee,
  registered,
  registration,
  routeOf,
} from './requests.js';

const MAPPER = ['registerBeneficiaries', 'updateBeneficiaries', 'lookUpBeneficiary', 'lookUpBeneficiaries'];

/** The account mapper. */
export function mapperScenarios(): readonly Scenario[] {
  return [
    {
      id: 'account-mapper',
      title: 'Beneficiaries are registered, looked up, changed, each result as a callback',
      operations: MAPPER,
      play: async (c) => {
        const [one, two] = [newPayee(c), newPayee(c)];
        const url = c.callbackUrl();
        const body = registration(c, [one, two]);
        const taken = await c.call('registerBeneficiaries', { headers: institutionHeaders(c, url), body });
        c.holds(
          taken.body,
          { responseCode: '00', requestID: textAt(body, 'RequestID') },
          'a request that was taken is named in the answer',
        );
        const told = await c.callback(url, 'beneficiariesRegistered');
        c.holds(
          JSON.parse(told.body) as Json,
          { registerRequestID: textAt(body, 'RequestID'), numberFailedCases: 0 },
          'the callback names the request and counts failures',
        );
        const route = { payeeIdentity: one.identity, paymentModality: '00', financialAddress: one.account };
        c.holds(routeOf(await lookUp(c, one.identity)), route, 'who was registered is found with the route');
        const both = await c.call('lookUpBeneficiaries', {
          headers: lookupHeaders(c),
          body: { requestId: 'L1', payeePartyIds: [one.identity, c.unique('N', 20), two.identity] },
        });
        const found = listAt(both, 'paymentModalityList').map((each) => textAt(each, 'payeeIdentity'));
        c.holds(
          [...found].sort(),
          [one.identity, two.identity].sort(),
          'those who are registered are found, nobody else',
        );
        const changed = c.callbackUrl();
        await c.call('updateBeneficiaries', {
          headers: { 'X-Callback-URL': changed },
          body: {
            requestID: 'U1',
            sourceBBID: 'CHECKS',
            beneficiaries: [
              { payeeIdentity: one.identity, paymentModality: '00', financialAddress: `${one.account}1` },
            ],
          },
        });
        await c.callback(changed, 'beneficiariesUpdated');
        c.holds(
          routeOf(await lookUp(c, one.identity)),
          { ...route, financialAddress: `${one.account}1` },
          'a changed route is found',
        );
        c.holds(
          routeOf(await lookUp(c, two.identity)),
          { financialAddress: two.account },
          'a change changes nobody else',
        );
      },
    },
    {
      id: 'mapper-unknown',
      title: 'Somebody who is not registered has no route',
      operations: ['lookUpBeneficiary'],
      play: async (c) => {
        const answer = await lookUp(c, c.unique('N', 20));
        c.holds(answer.body, { paymentModalityList: [] }, 'who is not registered has no route');
      },
    },
    {
      id: 'mapper-failures',
      title: 'A beneficiary who cannot be registered is named in the callback, with the reason',
      operations: ['registerBeneficiaries', 'lookUpBeneficiary'],
      play: async (c) => {
        const [good, bad] = [newPayee(c), newPayee(c)];
        const url = c.callbackUrl();
        const mixed = registration(c, [good, bad]);
        const body = {
          ...mixed,
          Beneficiaries: listAt(mixed, 'Beneficiaries').map((each, index) =>
            index === 0 ? each : { ...(each as JsonObject), PaymentModality: '77' },
          ),
        };
        await c.call('registerBeneficiaries', { headers: institutionHeaders(c, url), body });
        const told = JSON.parse((await c.callback(url, 'beneficiariesRegistered')).body) as Json;
        c.holds(
          told,
          { numberFailedCases: 1, failedCases: [{ payeeIdentity: bad.identity }] },
          'who could not be registered is named',
        );
        c.holds(
          (await lookUp(c, bad.identity)).body,
          { paymentModalityList: [] },
          'who could not be registered has no route',
        );
        c.holds(
          routeOf(await lookUp(c, good.identity)),
          { financialAddress: good.account },
          'the others are registered',
        );
      },
    },
    {
      id: 'tenants',
      title: 'Who is registered with one tenant is unknown to others',
      operations: ['registerBeneficiaries', 'lookUpBeneficiary'],
      play: async (c) => {
        const other = c.otherTenant();
        const [payee] = await registered(c);
        c.holds(
          (await lookUp(other, payee?.identity ?? '')).body,
          { paymentModalityList: [] },
          'tenants are kept apart',
        );
      },
    },
  ];
}

import type { JsonObject } from '../../../../contracts/json.js';
import type { CallParts, CheckContext } from '../../suite.js';
import { place } from './rooms.js';

/** A service that nobody has, of the provider that there is. */
export function configured(c: CheckContext, id: string): JsonObject {
  const { instanceId = '', memberClass = '', memberCode = '', applicationCode = '' } = place(c);
  return {
    domain: 'conformance',
    instance: instanceId,
    members: [
      {
        name: memberCode,
        class: memberClass,
        code: memberCode,
        applications: [
          {
            id: applicationCode,
            services: [
              { id, specUrl: 'https://check.example/openapi.yaml', serviceUrl: 'https://check.example/' },
            ],
          },
        ],
      },
    ],
  };
}

/** The right to the provider's service for another member. */
export function rightOf(c: CheckContext, client: string): CallParts {
  const { memberClass = '', memberCode = '', applicationCode = '' } = place(c);
  const [, clientClass = '', clientCode = '', clientApplication = ''] = client.split('/');
  return {
    body: [
      {
        memberClass,
        memberCode,
        applicationId: applicationCode,
        serviceId: c.fixtures.text('serviceCode'),
        rights: [{ memberClass: clientClass, memberCode: clientCode, applicationId: clientApplication }],
      },
    ],
  };
}

/** Somebody who was never heard of, in the provider's instance. */
export const newMember = (c: CheckContext): string =>
  `${place(c).instanceId ?? ''}/CHECK/${c.unique('member-')}/app`;

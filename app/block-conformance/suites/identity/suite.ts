import { listAt } from '../../json-at.js';
import type { Suite } from '../../suite.js';
import { identityScenarios } from './scenarios.js';
import {
  authenticated,
  authorised,
  bearer,
  challenge,
  clientDetails,
  codeRequest,
  linkCode,
  linked,
  newClient,
  permission,
  registeredClient,
  registrationOf,
  tokenRequest,
  tokens,
  withCsrf,
  wrapped,
} from './sign-in.js';

const discovery = ['get-certs', 'get-.well-known-openid-configuration'];
const link = [
  'get-authorization-generate-link-code',
  'post-authorization-link-status',
  'post-authorization-link-auth',
  'post-authorization-link-transaction',
  'post-linked-authenticate',
  'post-linked-consent',
];

export const identity: Suite = {
  block: 'identity',
  specification: { name: 'GovStack bb-identity (MOSIP eSignet lineage)', version: '1.0' },
  limitsArePublished: true,
  samples: {
    'post-client': async (c) => wrapped(registrationOf(c, await newClient(c))),
    'put-oidc-client-client_id': async (c) => ({
      path: { client_id: (await registeredClient(c)).clientId },
      ...wrapped({ ...clientDetails(c), status: 'active' }),
    }),
    'get-authorization-generate-link-code': (c) => withCsrf({ transactionId: c.unique('t-') }),
    'post-authorization-link-status': async (c) => {
      const signIn = await linked(c);
      return withCsrf({ transactionId: signIn.transactionId, linkCode: signIn.linkCode });
    },
    'post-authorization-link-auth': async (c) => {
      const signIn = await authenticated(c, await registeredClient(c));
      await c.call('post-linked-consent', permission(c, signIn));
      return codeRequest(signIn);
    },
    'post-authorization-link-transaction': async (c) => wrapped({ linkCode: (await linkCode(c)).linkCode }),
    'post-linked-authenticate': async (c) => challenge(c, (await linked(c)).linkedTransactionId),
    'post-linked-consent': async (c) => permission(c, await authenticated(c, await registeredClient(c))),
    'post-token': async (c) => {
      const client = await registeredClient(c);
      return tokenRequest(c, client, (await authorised(c, client)).code);
    },
    'get-userinfo': async (c) => bearer((await tokens(c)).answer),
    'get-certs': () => ({}),
    'get-.well-known-openid-configuration': () => ({}),
    'put-enrollment': (c) => ({
      body: { id: 'check', request: { id: c.unique('packet-'), fields: { fullName: 'Amina Diallo' } } },
    }),
  },
  scenarios: identityScenarios(),
  profiles: {
    discovery: { title: 'Discovery and keys', operations: discovery },
    linked: { title: 'Signing in through a linked wallet', operations: [...link, 'post-client'] },
    oidc: {
      title: 'Clients, tokens and claims, with the sign-in that leads to them',
      operations: [
        ...link,
        ...discovery,
        'post-client',
        'put-oidc-client-client_id',
        'post-token',
        'get-userinfo',
      ],
    },
    enrollment: { title: 'Enrollment', operations: ['put-enrollment'] },
  },
  // As the official document has it, failures answer 200 with `errors`.
  refuses: ({ body }) => listAt(body, 'errors').length > 0,
};

import { listAt } from '../../json-at.js';
import type { Suite } from '../../suite.js';
import { authorizeScenarios } from './authorize-scenarios.js';
import { authorizeRequest, opened, password, permit } from './browser.js';
import {
  adminUpdate,
  binding,
  eventOf,
  history,
  managing,
  newKey,
  ownUpdate,
  session,
  sharing,
} from './credential-requests.js';
import { credentialScenarios } from './credential-scenarios.js';
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

const managed = [
  'post-share-credential',
  'get-event',
  'get-service-history',
  'post-download-card',
  'post-update-uin',
  'patch-update-identity',
  'post-block',
  'post-unblock',
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
    'get-authorize': async (c) => authorizeRequest(c, await registeredClient(c)),
    'post-authorize-sign-in': async (c) => password(c, await opened(c, await registeredClient(c))),
    'post-authorize-consent': async (c) => {
      const transactionId = await opened(c, await registeredClient(c));
      await c.call('post-authorize-sign-in', password(c, transactionId));
      return permit(c, transactionId);
    },
    'post-wallet-binding': async (c) => binding(c, await newKey()),
    'post-share-credential': async (c) => sharing(c, (await session(c)).headers),
    'get-event': async (c) => {
      const signedIn = await session(c);
      const shared = await c.call('post-share-credential', sharing(c, signedIn.headers));
      return { path: { eventId: eventOf(shared) }, ...signedIn };
    },
    'get-service-history': async (c) => history(await session(c)),
    'post-download-card': async (c) => ({
      ...(await session(c)),
      body: { id: 'check', version: '1.0', request: { html: '<p>Check</p>' } },
    }),
    'post-update-uin': (c) => ownUpdate(c, { [c.fixtures.text('claim')]: '1985-11-20' }),
    'patch-update-identity': (c) => adminUpdate(c, { status: 'ACTIVATED', identity: {} }),
    // The document has unblocking behind blocking, so that the spare person ends free.
    'post-block': managing,
    'post-unblock': managing,
    'put-enrollment': (c) => ({
      body: { id: 'check', request: { id: c.unique('packet-'), fields: { fullName: 'Amina Diallo' } } },
    }),
  },
  scenarios: [...identityScenarios(), ...authorizeScenarios(), ...credentialScenarios()],
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
    browser: {
      title: 'Signing in on the provider’s page',
      operations: [
        ...discovery,
        'post-client',
        'get-authorize',
        'post-authorize-sign-in',
        'post-authorize-consent',
        'post-token',
        'get-userinfo',
      ],
    },
    wallet: { title: 'Binding a wallet’s key', operations: ['post-wallet-binding'] },
    credentials: {
      title: 'Credentials and the management of identities, with the sign-in that they need',
      operations: [...link, 'post-client', 'post-token', 'get-userinfo', ...managed],
    },
    enrollment: { title: 'Enrollment', operations: ['put-enrollment'] },
  },
  // As the official document has it, failures answer 200 with `errors`; a browser takes one back to the client.
  refuses: ({ body, headers }) =>
    listAt(body, 'errors').length > 0 || /[?&]error=/.test(headers.location ?? ''),
};

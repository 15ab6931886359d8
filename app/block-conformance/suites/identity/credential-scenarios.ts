import { listAt, textAt } from '../../json-at.js';
import type { CheckContext, Scenario } from '../../suite.js';
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
import { challenge, linked } from './sign-in.js';

const SIGNED_IN = [
  'post-client',
  'get-authorization-generate-link-code',
  'post-authorization-link-transaction',
  'post-linked-authenticate',
  'post-linked-consent',
  'post-authorization-link-auth',
  'post-token',
];

/** The claims that the spare person's client sees. */
async function shownClaims(c: CheckContext): Promise<string> {
  const signedIn = await session(c, c.fixtures.text('spareIndividualId'));
  const token = textAt((await c.call('get-userinfo', signedIn)).body);
  return Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
}

/** Wallets, credentials and what an administrator does with an identity. */
export function credentialScenarios(): readonly Scenario[] {
  return [
    {
      id: 'wallet-binding',
      title: 'A key is bound to a person once, against the person’s code',
      operations: ['post-wallet-binding'],
      play: async (c) => {
        const key = await newKey();
        const wrong = await c.call('post-wallet-binding', binding(c, key, '999999'), 'refused');
        c.holds(wrong.body, { errors: [{ errorCode: 'invalid_auth_challenge' }] }, 'a refusal says why');
        const bound = await c.call('post-wallet-binding', binding(c, key));
        c.expect(
          textAt(bound, 'response', 'certificate').includes('CERTIFICATE'),
          'a binding has its certificate',
          JSON.stringify(bound.body).slice(0, 200),
        );
        const again = await c.call('post-wallet-binding', binding(c, key), 'refused');
        c.holds(again.body, { errors: [{ errorCode: 'duplicate_public_key' }] }, 'a refusal says why');
        await c.call('post-wallet-binding', binding(c, { kty: 'none' }), 'refused');
      },
    },
    {
      id: 'credential',
      title: 'A credential is shared by who is signed in, and stands in their history',
      operations: [...SIGNED_IN, 'post-share-credential', 'get-event', 'get-service-history'],
      extension: true,
      play: async (c) => {
        await c.call('post-share-credential', sharing(c, undefined), [401]);
        const signedIn = await session(c);
        const refusal = sharing(c, signedIn.headers, { consent: 'Rejected' });
        await c.call('post-share-credential', refusal, 'refused');
        const eventId = eventOf(await c.call('post-share-credential', sharing(c, signedIn.headers)));
        const path = { eventId };
        const event = await c.call('get-event', { path, ...signedIn });
        const credential = textAt(event, 'response', 'info', 'credential');
        const shown = Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString('utf8');
        c.expect(
          shown.includes(JSON.stringify(c.fixtures.value('claimValue'))),
          'a credential holds what is shared',
          shown.slice(0, 300),
        );
        const entries = listAt(await c.call('get-service-history', history(signedIn)), 'response', 'data');
        c.expect(
          entries.some((entry) => textAt(entry, 'eventId') === eventId),
          'what was shared stands in the history',
          `${entries.length} entries without ${eventId}`,
        );
        await c.call('get-event', { path }, [401]);
        const somebodyElse = await session(c, c.fixtures.text('spareIndividualId'));
        await c.call('get-event', { path, ...somebodyElse }, 'refused');
        const theirs = listAt(await c.call('get-service-history', history(somebodyElse)), 'response', 'data');
        c.expect(
          !theirs.some((entry) => textAt(entry, 'eventId') === eventId),
          'nobody sees the history of others',
          `${eventId} is there`,
        );
      },
    },
    {
      id: 'blocking',
      title: 'Who is blocked or deactivated signs in no more, until that ends',
      operations: [
        'post-block',
        'post-unblock',
        'patch-update-identity',
        'get-authorization-generate-link-code',
        'post-authorization-link-transaction',
        'post-linked-authenticate',
      ],
      play: async (c) => {
        const signIn = async (expected: 'success' | 'refused'): Promise<void> => {
          const { linkedTransactionId } = await linked(c);
          const who = c.fixtures.text('spareIndividualId');
          await c.call(
            'post-linked-authenticate',
            challenge(c, linkedTransactionId, undefined, who),
            expected,
          );
        };
        await signIn('success');
        await c.call('post-block', managing(c));
        await signIn('refused');
        await c.call('post-unblock', managing(c));
        await signIn('success');
        await c.call('patch-update-identity', adminUpdate(c, { status: 'DEACTIVATED' }));
        await signIn('refused');
        await c.call('patch-update-identity', adminUpdate(c, { status: 'ACTIVATED' }));
        await signIn('success');
        const unknown = { body: { request: { id: c.unique('none-'), idType: 'UIN' } } };
        await c.call('post-block', unknown, 'refused');
        await c.call('post-unblock', unknown, 'refused');
      },
    },
    {
      id: 'identity-update',
      title: 'What a person or an administrator changes of an identity is shown from then on',
      operations: [...SIGNED_IN, 'get-userinfo', 'post-update-uin', 'patch-update-identity'],
      play: async (c) => {
        const claim = c.fixtures.text('claim');
        const [own, official] = ['1985-11-21', '1985-11-22'];
        await c.call('post-update-uin', ownUpdate(c, { [claim]: '1900-01-01' }, '999999'), 'refused');
        await c.call('post-update-uin', ownUpdate(c, { [claim]: own }));
        c.expect((await shownClaims(c)).includes(own), 'a person’s own change is shown', `${own} is not`);
        await c.call('patch-update-identity', adminUpdate(c, { identity: { [claim]: official } }));
        c.expect(
          (await shownClaims(c)).includes(official),
          'an official change is shown',
          `${official} is not`,
        );
        await c.call(
          'patch-update-identity',
          { body: { request: { uin: c.unique('none-'), status: 'ACTIVATED' } } },
          'refused',
        );
      },
    },
  ];
}

import { textAt } from '../../json-at.js';
import type { Answer, CheckContext, Scenario } from '../../suite.js';
import { authorizeRequest, form, opened, password, permit, sentBack } from './browser.js';
import { bearer, registeredClient, tokenRequest } from './sign-in.js';

const PAGES = ['post-client', 'get-authorize', 'post-authorize-sign-in', 'post-authorize-consent'];

const told = (c: CheckContext, answer: Answer, name: string, value: string, rule: string): void => {
  const found = sentBack(answer)?.get(name);
  c.expect(found === value, rule, `${name} is ${JSON.stringify(found ?? null)}, not ${value}`);
};

/** The page that a browser is sent to, its forms, and the way back to the client. */
export function authorizeScenarios(): readonly Scenario[] {
  return [
    {
      id: 'authorize-refusals',
      title:
        'A sign-in without a known client or address goes nowhere; other mistakes are told to the client',
      operations: ['post-client', 'get-authorize'],
      play: async (c) => {
        const client = await registeredClient(c);
        for (const change of [{ client_id: c.unique('none-') }, { redirect_uri: 'https://evil.example/' }]) {
          const answer = await c.call('get-authorize', authorizeRequest(c, client, change), 'refused');
          c.expect(
            answer.headers.location === undefined,
            'nobody is sent to an address that the client did not register',
            answer.headers.location ?? '',
          );
        }
        for (const [change, error] of [
          [{ response_type: 'token' }, 'unsupported_response_type'],
          [{ scope: 'profile' }, 'invalid_scope'],
          [{ prompt: 'none' }, 'login_required'],
          [{ claims: 'nonsense' }, 'invalid_request'],
        ] as const) {
          const answer = await c.call(
            'get-authorize',
            authorizeRequest(c, client, { ...change, state: 'kept' }),
            [302, 303],
          );
          told(c, answer, 'error', error, 'a mistake is told to the client, by its code');
          told(c, answer, 'state', 'kept', 'the state comes back as it was sent');
        }
      },
    },
    {
      id: 'browser-sign-in',
      title: 'A person signs in on the page and permits a claim; the code becomes tokens once',
      operations: [...PAGES, 'post-token', 'get-userinfo'],
      extension: true,
      play: async (c) => {
        const client = await registeredClient(c);
        const transactionId = await opened(c, client, { state: 'kept' });
        await c.call('post-authorize-consent', permit(c, transactionId), 'refused');
        const again = await c.call('post-authorize-sign-in', password(c, transactionId, '999999'));
        c.expect(sentBack(again) === undefined, 'a wrong password may be tried again', 'it was sent back');
        await c.call('post-authorize-sign-in', password(c, transactionId));
        const answer = await c.call('post-authorize-consent', permit(c, transactionId));
        told(c, answer, 'state', 'kept', 'the state comes back as it was sent');
        const code = sentBack(answer)?.get('code') ?? '';
        const taken = await c.call('post-token', await tokenRequest(c, client, code));
        const info = textAt((await c.call('get-userinfo', bearer(taken))).body);
        const claims = Buffer.from(info.split('.')[1] ?? '', 'base64url').toString('utf8');
        c.expect(
          claims.includes(`"${c.fixtures.text('claim')}"`) &&
            !claims.includes(`"${c.fixtures.text('otherClaim')}"`),
          'the permitted claim is shown, and no other',
          claims,
        );
        await c.call('post-token', await tokenRequest(c, client, code), 'refused');
        await c.call('post-authorize-consent', permit(c, transactionId), 'refused');
      },
    },
    {
      id: 'browser-refusals',
      title: 'Who cancels, or permits nothing, is sent back without a code',
      operations: PAGES,
      extension: true,
      play: async (c) => {
        const client = await registeredClient(c);
        const cancelled = await opened(c, client);
        const refused = await opened(c, client);
        const back = [
          await c.call(
            'post-authorize-sign-in',
            form({ transactionId: cancelled, decision: 'cancel' }),
            [302],
          ),
        ];
        await c.call('post-authorize-sign-in', password(c, refused));
        back.push(
          await c.call('post-authorize-consent', form({ transactionId: refused, decision: 'refuse' }), [302]),
        );
        for (const answer of back) {
          told(c, answer, 'error', 'access_denied', 'a refusal is told to the client');
          c.expect(sentBack(answer)?.has('code') === false, 'a refusal gives no code', 'there is a code');
        }
        await c.call('post-authorize-sign-in', password(c, c.unique('none-')), 'refused');
      },
    },
  ];
}

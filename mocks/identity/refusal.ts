import type { Clock } from '../../contracts/clock.js';
import type { OperationAnswer, Refusal } from '../kit/block-definition.js';
import { problemAnswer, refusalSentence } from '../kit/refusals.js';
import { refusalPage } from './pages.js';

const fieldCodes: readonly (readonly [string, string])[] = [
  ['/clientId', 'invalid_client_id'],
  ['/clientName', 'invalid_client_name'],
  ['/relyingPartyId', 'invalid_rp_id'],
  ['/userClaims', 'invalid_claim'],
  ['/authContextRefs', 'invalid_acr'],
  ['/logoUri', 'invalid_uri'],
  ['/redirectUris', 'invalid_redirect_uri'],
  ['/grantTypes', 'invalid_grant_type'],
  ['/clientAuthMethods', 'invalid_client_auth'],
  ['/publicKey', 'invalid_public_key'],
];

/** Paths whose refusals are answers with `errors`. */
const enveloped = ['/linked-authorization', '/client-mgmt', '/wallet-binding'];

/** Those of the credential management document, which has an envelope of its own. */
const managed = ['/share-credential', '/update-uin', '/updateIdentity', '/block', '/unblock'];

/** Invalid requests in the shapes that this block's documents declare: 200 with `errors`, or OAuth's 400. */
export function createIdentityRefusal(clock: Clock): (refusal: Refusal) => OperationAnswer {
  return (refusal) => {
    // An operation too may find that a request cannot be: to the caller it is the same.
    const isInvalid = refusal.rule === 'invalid-request' || refusal.rule === 'refused:GSB-REQ-001';
    if (!isInvalid) return problemAnswer(refusal);
    const message = refusalSentence(refusal);
    const rule = 'invalid-request';
    const { path } = refusal;
    const time = clock.now().toISOString();
    if (path.startsWith('/oauth/token'))
      return { status: 400, rule, body: { error: 'invalid_request', error_description: message } };
    if (path.startsWith('/authorize')) return refusalPage(message, rule);
    // The document declares a text here, and no `errors`.
    if (path.startsWith('/download/')) return { status: 400, rule, body: message };
    if (path.startsWith('/enrollment'))
      return {
        status: 200,
        rule,
        body: { responsetime: time, errors: [{ errorCode: 'invalid_request', message }] },
      };
    if (managed.some((start) => path.startsWith(start)))
      return {
        status: 200,
        rule,
        body: {
          version: '1.0',
          responsetime: time,
          response: {},
          errors: [{ errorCode: 'invalid_request', message, errorMessage: message }],
        },
      };
    if (enveloped.some((start) => path.startsWith(start))) {
      const errorCode = path.startsWith('/client-mgmt') ? clientErrorCode(refusal) : 'invalid_request';
      return {
        status: 200,
        rule,
        body: { responseTime: time, errors: [{ errorCode, errorMessage: message }] },
      };
    }
    return problemAnswer(refusal);
  };
}

function clientErrorCode({ errors }: Refusal): string {
  const pointer = errors[0]?.pointer ?? '';
  return fieldCodes.find(([field]) => pointer.startsWith(`/body/request${field}`))?.[1] ?? 'invalid_request';
}

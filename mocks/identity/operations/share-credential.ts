import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Json } from '../../../contracts/json.js';
import { openSession } from '../access-token.js';
import { failed, managed, unauthorized } from '../credential-answers.js';
import type { EndpointsOf } from '../endpoints.js';
import { recordEvent } from '../events.js';
import { claimNamed } from '../identity-claims.js';
import { signingKey } from '../signing-key.js';
import type { IdentityOperation, PersonDoc } from '../state.js';

const VALID_SECONDS = 365 * 86_400;

interface ShareRequest {
  readonly partnerId: string;
  readonly sharableAttributes: readonly { readonly attributeName?: string; readonly isMasked?: boolean }[];
  readonly purpose?: string;
  readonly consent?: string;
}

/**
 * Credential management, share credential: issues a verifiable credential (W3C VC Data Model 1.1, as JWT) about the
 * person who is signed in, for a partner. It is read with the event whose identifier the header `eventId` names.
 */
export function createShareCredential(endpointsOf: EndpointsOf): IdentityOperation {
  return async (context) => {
    const endpoints = endpointsOf(context.workspace);
    const session = await openSession(context, endpoints);
    if (session.kind === 'refused') return unauthorized(context, session.reason);
    const { person } = session;
    const {
      partnerId,
      sharableAttributes,
      purpose = '',
      consent,
    } = (context.body as unknown as { request: ShareRequest }).request;
    if (consent !== undefined && !/^accepted$/i.test(consent))
      return failed(context, 'consent_denied', 'request.consent is not Accepted: nothing is shared');
    const subject = sharedSubject(person, sharableAttributes);
    const names = Object.keys(subject);
    if (names.length === 0)
      return failed(
        context,
        'invalid_attributes',
        'request.sharableAttributes names nothing that is known here',
      );
    const key = await signingKey(context);
    const issuedAt = Math.floor(context.deps.realClock.now().getTime() / 1000);
    const about = createHash('sha256').update(`${partnerId} ${person._id}`).digest('base64url');
    const credential = await new SignJWT({
      vc: {
        '@context': ['https://www.w3.org/2018/credentials/v1'],
        type: ['VerifiableCredential', 'TrainingIdentityCredential'],
        credentialSubject: { id: about, ...subject },
      },
    })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
      .setIssuer(endpoints.issuer)
      .setSubject(about)
      .setAudience(partnerId)
      .setNotBefore(issuedAt)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + VALID_SECONDS)
      .sign(key.privateKey);
    const { id, effect } = recordEvent(context, {
      individualId: person._id,
      requestType: 'DATA_SHARE_REQUEST',
      summary: `Shared with ${partnerId}: ${names.join(', ')}`,
      info: { purpose, partnerId, attributeList: names.join(', '), credential },
    });
    return managed(context, 'shared', { status: 'Success' }, { effects: [effect], headers: { eventid: id } });
  };
}

function sharedSubject(
  person: PersonDoc,
  attributes: ShareRequest['sharableAttributes'],
): Record<string, Json> {
  const shared: Record<string, Json> = {};
  for (const { attributeName = '', isMasked } of attributes) {
    const value = person.claims[claimNamed(attributeName)];
    if (value !== undefined) shared[attributeName] = isMasked === true ? masked(value) : value;
  }
  return shared;
}

/** The last two characters stay. */
function masked(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.slice(0, -2).replace(/\S/g, 'X') + text.slice(-2);
}

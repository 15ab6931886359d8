import { SignJWT } from 'jose';
import type { OperationAnswer } from '../../kit/block-definition.js';
import { openSession } from '../access-token.js';
import type { EndpointsOf } from '../endpoints.js';
import { signingKey } from '../signing-key.js';
import type { IdentityOperation } from '../state.js';

/** bb-identity, user info: the accepted claims as a signed JWT. It is not encrypted for the client as well. */
export function createUserinfo(endpointsOf: EndpointsOf): IdentityOperation {
  return async (context) => {
    const endpoints = endpointsOf(context.workspace);
    const session = await openSession(context, endpoints);
    if (session.kind === 'refused') return refuse(session.reason);
    const { transaction, person, subject } = session;
    const key = await signingKey(context);
    const accepted = (transaction.acceptedClaims ?? []).filter((claim) => person.claims[claim] !== undefined);
    const body = await new SignJWT(Object.fromEntries(accepted.map((claim) => [claim, person.claims[claim]])))
      .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
      .setIssuer(endpoints.issuer)
      .setSubject(subject)
      .setAudience(transaction.clientId)
      .sign(key.privateKey);
    return { status: 200, rule: 'claims', headers: { 'content-type': 'application/jwt' }, body };
  };
}

function refuse(reason: string): OperationAnswer {
  const description = reason.replaceAll('"', "'");
  return {
    status: 401,
    rule: 'error:invalid_token',
    headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${description}"` },
  };
}

import { createPublicKey } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { OperationAnswer } from '../../kit/block-definition.js';
import type { EndpointsOf } from '../endpoints.js';
import { signingKey } from '../signing-key.js';
import type { IdentityOperation } from '../state.js';

/** bb-identity, user info: the accepted claims as a signed JWT. It is not encrypted for the client as well. */
export function createUserinfo(endpointsOf: EndpointsOf): IdentityOperation {
  return async (context) => {
    const token = /^Bearer (.+)$/i.exec(context.headers.authorization ?? '')?.[1];
    if (token === undefined) return refuse('an access token is required');
    const key = await signingKey(context);
    const { issuer, userinfo } = endpointsOf(context.workspace);
    try {
      const { payload } = await jwtVerify(token, createPublicKey(key.privateKey), {
        algorithms: ['RS256'],
        issuer,
        audience: userinfo,
        typ: 'at+jwt',
        currentDate: context.deps.realClock.now(),
      });
      const transaction = (await context.state.transactions.get(String(payload.transaction)))?.doc;
      const person = (await context.state.persons.get(transaction?.individualId ?? ''))?.doc;
      if (!transaction || !person) return refuse('the sign-in of this token is not known any more');
      const accepted = (transaction.acceptedClaims ?? []).filter(
        (claim) => person.claims[claim] !== undefined,
      );
      const body = await new SignJWT(
        Object.fromEntries(accepted.map((claim) => [claim, person.claims[claim]])),
      )
        .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
        .setIssuer(issuer)
        .setSubject(payload.sub ?? '')
        .setAudience(transaction.clientId)
        .sign(key.privateKey);
      return { status: 200, rule: 'claims', headers: { 'content-type': 'application/jwt' }, body };
    } catch (error) {
      if (error instanceof errors.JOSEError) return refuse(error.message);
      throw error;
    }
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

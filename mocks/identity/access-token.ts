import { createPublicKey } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { Endpoints } from './endpoints.js';
import { signingKey } from './signing-key.js';
import type { IdentityContext, PersonDoc, TransactionDoc } from './state.js';

export type Session =
  | {
      readonly kind: 'open';
      readonly transaction: TransactionDoc;
      readonly person: PersonDoc;
      /** As the client knows the person. */
      readonly subject: string;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** Who the bearer access token of a request speaks for: one that this block issued in this workspace, not expired. */
export async function openSession(
  context: IdentityContext,
  { issuer, userinfo }: Endpoints,
): Promise<Session> {
  const token = /^Bearer (.+)$/i.exec(context.headers.authorization ?? '')?.[1];
  if (token === undefined) return { kind: 'refused', reason: 'an access token is required' };
  const key = await signingKey(context);
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
    if (!transaction || !person)
      return { kind: 'refused', reason: 'the sign-in of this token is not known any more' };
    return { kind: 'open', transaction, person, subject: payload.sub ?? '' };
  } catch (error) {
    if (error instanceof errors.JOSEError) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

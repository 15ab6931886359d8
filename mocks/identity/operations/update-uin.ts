import type { Json } from '../../../contracts/json.js';
import { isRightCode, isShutOut } from '../challenges.js';
import { failed, managed } from '../credential-answers.js';
import { recordEvent } from '../events.js';
import { claimsOf } from '../identity-claims.js';
import type { IdentityOperation } from '../state.js';

interface UpdateRequest {
  readonly individualId: string;
  readonly otp?: string;
  /** Base64 of `{identity: {...}}`, or of the attributes themselves. */
  readonly identityJson?: string;
}

/** Credential management, update by the person themselves, proved by a one-time password. It holds at once: nobody reviews it here. */
export const updateUin: IdentityOperation = async (context) => {
  const {
    individualId,
    otp = '',
    identityJson = '',
  } = (context.body as unknown as { request: UpdateRequest }).request;
  const person = (await context.state.persons.get(individualId))?.doc;
  if (!person) return failed(context, 'invalid_identifier', 'request.individualId is not known');
  if (!isRightCode(person, otp) || isShutOut(person, context.now))
    return failed(
      context,
      'auth_failed',
      'request.otp is wrong (in training it is 111111), or the identity is blocked',
    );
  const identity = decoded(identityJson);
  if (identity === undefined)
    return failed(context, 'invalid_input', 'request.identityJson must be a JSON object in base64');
  const claims = claimsOf(identity);
  const { id, effect } = recordEvent(context, {
    individualId,
    requestType: 'DATA_UPDATE_REQUEST',
    summary: `Updated: ${Object.keys(claims).join(', ')}`,
    info: { attributeList: Object.keys(claims).join(', ') },
  });
  const doc = { ...person, claims: { ...person.claims, ...claims } };
  const response = {
    registrationId: id,
    message: 'The update was taken over (training: no notice is sent).',
  };
  return managed(context, 'updated', response, {
    effects: [{ kind: 'put', collection: 'persons', doc }, effect],
    headers: { eventid: id },
  });
};

function decoded(base64: string): Json | undefined {
  try {
    const value = JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as Json;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    return (value as { identity?: Json }).identity ?? value;
  } catch {
    return undefined;
  }
}

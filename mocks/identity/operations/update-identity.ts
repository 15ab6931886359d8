import type { Json } from '../../../contracts/json.js';
import { put } from '../../kit/effects.js';
import { samplesOfPacket } from '../biometrics.js';
import { failed, managed } from '../credential-answers.js';
import { recordEvent } from '../events.js';
import { claimsOf } from '../identity-claims.js';
import type { IdentityOperation, PersonDoc } from '../state.js';
import { enrolling } from './enrollment.js';

interface UpdateRequest {
  readonly status?: string;
  readonly identity?: Json;
  readonly documents?: Json;
  readonly verifiedAttributes?: Json;
  readonly uin?: string;
  /** The enrollment packet of this person: its biometrics are theirs from now on. */
  readonly registrationId?: string;
}

/** Credential management, update by an administrator: the status (ACTIVATED, DEACTIVATED) and attributes of an identity. */
export const updateIdentity: IdentityOperation = async (context) => {
  const { request } = context.body as unknown as { request: UpdateRequest };
  const { status, identity, documents, verifiedAttributes, uin = '', registrationId = '' } = request;
  const person = (await context.state.persons.get(uin))?.doc;
  if (!person) return failed(context, 'invalid_uin', 'request.uin is not known');
  const packet = registrationId === '' ? undefined : (await context.state.packets.get(registrationId))?.doc;
  const enrolled = await enrolling(context.state, uin, samplesOfPacket(packet?.request.biometrics));
  const claims = claimsOf(identity);
  const { deactivated, ...rest } = person;
  const off = status === undefined ? deactivated === true : /^deactivated$/i.test(status);
  const doc: PersonDoc = {
    ...rest,
    claims: { ...person.claims, ...claims },
    ...(off ? { deactivated: true } : {}),
  };
  const { effect } = recordEvent(context, {
    individualId: uin,
    requestType: 'ID_MANAGEMENT_REQUEST',
    summary: off ? 'Deactivated by an administrator' : 'Updated by an administrator',
    info: { attributeList: Object.keys(claims).join(', ') },
  });
  return managed(
    context,
    'updated',
    {
      status: off ? 'DEACTIVATED' : 'ACTIVATED',
      identity: identity ?? {},
      ...(documents === undefined ? {} : { documents }),
      ...(verifiedAttributes === undefined ? {} : { verifiedAttributes }),
    },
    { effects: [put('persons', doc), effect, ...enrolled] },
  );
};

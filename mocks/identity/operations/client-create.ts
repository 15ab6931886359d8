import { importJWK } from 'jose';
import type { JsonObject } from '../../../contracts/json.js';
import { failure, requestOf, success } from '../answers.js';
import type { ClientInput } from '../clients.js';
import type { ClientDoc, IdentityOperation } from '../state.js';

/** bb-identity, create OIDC client. The key cannot be changed afterwards. */
export const clientCreate: IdentityOperation = async (context) => {
  const input = requestOf(context.body) as ClientInput;
  if (await context.state.clients.get(input.clientId))
    return failure(context, 'duplicate_client_id', `clientId ${input.clientId} exists`);
  if (!(await isRsaPublicKey(input.publicKey)))
    return failure(
      context,
      'invalid_public_key',
      'publicKey must be an RSA public key as JWK, without private members',
    );
  const doc: ClientDoc = {
    _id: input.clientId,
    clientName: input.clientName,
    relyingPartyId: input.relyingPartyId,
    logoUri: input.logoUri,
    redirectUris: input.redirectUris,
    authContextRefs: input.authContextRefs,
    userClaims: input.userClaims,
    status: 'active',
    publicKey: input.publicKey,
  };
  return success(context, 'created', { clientId: doc._id }, [{ kind: 'put', collection: 'clients', doc }]);
};

async function isRsaPublicKey(jwk: JsonObject): Promise<boolean> {
  if (jwk.kty !== 'RSA' || jwk.d !== undefined) return false;
  try {
    await importJWK({ ...jwk, kty: 'RSA' }, 'RS256');
    return true;
  } catch {
    return false;
  }
}

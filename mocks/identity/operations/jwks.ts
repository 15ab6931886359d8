import { signingKey } from '../signing-key.js';
import type { IdentityOperation } from '../state.js';

/** bb-identity, key set: the key that signs tokens and user info. */
export const jwks: IdentityOperation = async (context) => {
  const { publicJwk } = await signingKey(context);
  return { status: 200, rule: 'keys', body: { keys: [publicJwk] } };
};

import { failure, requestOf, success } from '../answers.js';
import type { ClientInput } from '../clients.js';
import type { ClientDoc, IdentityOperation } from '../state.js';

/** bb-identity, update OIDC client: all but its id, relying party and key. */
export const clientUpdate: IdentityOperation = async (context) => {
  const id = context.path.client_id ?? '';
  const before = (await context.state.clients.get(id))?.doc;
  if (!before) return failure(context, 'invalid_client_id', `client_id ${id} is not known`);
  const { clientName, status, logoUri, redirectUris, userClaims, authContextRefs } = requestOf(
    context.body,
  ) as ClientInput;
  const doc: ClientDoc = {
    ...before,
    clientName,
    status: status ?? before.status,
    logoUri,
    redirectUris,
    userClaims,
    authContextRefs,
  };
  return success(context, 'updated', { clientId: id }, [{ kind: 'put', collection: 'clients', doc }]);
};

import type { JsonObject } from '../../contracts/json.js';
import type { ClientDoc } from './state.js';

/** The client under which the sandbox's own workflows sign people in. */
export const SANDBOX_CLIENT = 'govstack-sandbox';

export const sandboxClient: ClientDoc = {
  _id: SANDBOX_CLIENT,
  clientName: 'GovStack sandbox (training)',
  relyingPartyId: SANDBOX_CLIENT,
  logoUri: 'https://logo.example/govstack-sandbox.png',
  redirectUris: ['https://sandbox.example/signed-in'],
  authContextRefs: ['idbb:acr:generated-code'],
  userClaims: ['name', 'given_name', 'family_name', 'birthdate', 'gender', 'phone_number', 'email'],
  status: 'active',
};

/** The members of a client registration (MOSIP lineage), as the contract has checked them. */
export interface ClientInput {
  readonly clientId: string;
  readonly clientName: string;
  readonly relyingPartyId: string;
  readonly logoUri: string;
  readonly redirectUris: readonly string[];
  readonly authContextRefs: readonly string[];
  readonly publicKey: JsonObject;
  readonly userClaims: readonly string[];
  readonly status?: 'active' | 'inactive';
}

import { simulatedContexts } from '../auth-factors.js';
import type { EndpointsOf } from '../endpoints.js';
import type { IdentityOperation } from '../state.js';

/** bb-identity, discovery. */
export function createOpenidConfiguration(endpointsOf: EndpointsOf): IdentityOperation {
  return ({ workspace }) => {
    const endpoints = endpointsOf(workspace);
    return Promise.resolve({
      status: 200,
      rule: 'configuration',
      body: {
        issuer: endpoints.issuer,
        authorization_endpoint: endpoints.authorization,
        token_endpoint: endpoints.token,
        userinfo_endpoint: endpoints.userinfo,
        jwks_uri: endpoints.jwks,
        registration_endpoint: endpoints.registration,
        scopes_supported: ['openid'],
        response_types_supported: ['code'],
        response_modes_supported: ['query'],
        acr_values_supported: Object.keys(simulatedContexts),
        code_challenge_methods_supported: ['S256'],
        claims_parameter_supported: true,
        prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
        display_values_supported: ['page', 'popup', 'touch', 'wap'],
        userinfo_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
        token_endpoint_auth_signing_alg_values_supported: ['RS256'],
        id_token_signing_alg_values_supported: ['RS256'],
        claim_types_supported: ['normal'],
        claims_supported: [
          'name',
          'given_name',
          'family_name',
          'birthdate',
          'gender',
          'phone_number',
          'email',
          'address',
          'locale',
        ],
      },
    });
  };
}

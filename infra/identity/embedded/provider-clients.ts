import type { ClientMetadata } from 'oidc-provider';

import type { RealmClient } from '../realm/realm.js';

/** A Keycloak client as oidc-provider's client metadata. */
export function toProviderClient(client: RealmClient): ClientMetadata {
  const device = client.attributes['oauth2.device.authorization.grant.enabled'] === 'true';
  return {
    client_id: client.clientId,
    ...(client.secret !== undefined && !client.publicClient && { client_secret: client.secret }),
    token_endpoint_auth_method: client.publicClient ? 'none' : 'client_secret_post',
    grant_types: [
      ...(client.standardFlowEnabled ? ['authorization_code', 'refresh_token'] : []),
      ...(client.directAccessGrantsEnabled ? ['password'] : []),
      ...(client.serviceAccountsEnabled ? ['client_credentials'] : []),
      ...(device ? ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'] : []),
    ].filter((grant, index, all) => all.indexOf(grant) === index),
    response_types: client.standardFlowEnabled ? ['code'] : [],
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: postLogoutAddresses(client),
  };
}

/** Keycloak keeps these in one attribute, separated by `##`. */
function postLogoutAddresses(client: RealmClient): string[] {
  return (client.attributes['post.logout.redirect.uris'] ?? '')
    .split('##')
    .filter((address) => address !== '');
}

import type { AdapterFactory, Configuration, KoaContextWithOIDC } from 'oidc-provider';

import type { RealmRepresentation } from '../realm/realm.js';
import type { Accounts } from './accounts.js';
import { pageTexts } from './page-texts.js';
import type { PageTexts } from './page-texts.js';
import { escape, formPage, page, signOutPage } from './pages.js';
import { toProviderClient } from './provider-clients.js';
import type { RealmSecrets } from './realm-secrets.js';

export interface ProviderConfigurationOptions {
  readonly realm: RealmRepresentation;
  readonly accounts: Accounts;
  readonly secrets: RealmSecrets;
  readonly adapter: AdapterFactory;
  readonly issuer: string;
  /** Path of the persona picker for an interaction. */
  readonly pickerPath: (interaction: string) => string;
}

const SCOPES = 'openid profile email';
const PROTOCOL = '/protocol/openid-connect';

/** oidc-provider dressed as a Keycloak realm: its paths, its token form, its lifetimes; consent is not asked. */
export function providerConfiguration(options: ProviderConfigurationOptions): Configuration {
  const { realm, accounts, secrets, adapter, issuer, pickerPath } = options;
  return {
    adapter,
    clients: realm.clients.map(toProviderClient),
    jwks: { keys: [secrets.signing] },
    cookies: {
      keys: [secrets.cookieKey],
      names: { interaction: 'realm_interaction', resume: 'realm_resume', session: 'realm_session' },
    },
    scopes: SCOPES.split(' '),
    claims: {
      openid: ['sub', 'typ', 'person', 'workspace'],
      profile: ['preferred_username', 'name', 'given_name'],
      email: [],
    },
    conformIdTokenClaims: false,
    discovery: { userinfo_endpoint: `${issuer}${PROTOCOL}/userinfo` },
    findAccount: (_context, subject) => {
      if (accounts.person(subject) === undefined) return undefined;
      return {
        accountId: subject,
        // The client is not known here; the mapped profile is the same for all of them.
        claims: () => ({
          sub: subject,
          typ: 'ID',
          ...accounts.claims(realm.clients[0]?.clientId ?? '', subject)?.profile,
        }),
      };
    },
    pkce: { required: () => true },
    routes: {
      authorization: `${PROTOCOL}/auth`,
      token: `${PROTOCOL}/token`,
      jwks: `${PROTOCOL}/certs`,
      end_session: `${PROTOCOL}/logout`,
      revocation: `${PROTOCOL}/revoke`,
      device_authorization: `${PROTOCOL}/auth/device`,
      code_verification: '/device',
    },
    features: {
      devInteractions: { enabled: false },
      // Served by the realm router: oidc-provider's own refuses access tokens made for an API.
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      deviceFlow: devicePages(),
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = signOutPage(textsOf(context), form);
        },
        postLogoutSuccessSource: (context) => {
          const texts = textsOf(context);
          context.body = page(texts, texts.signOut, `<p>${escape(texts.signedOut)}</p>`);
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => issuer,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: SCOPES,
          accessTokenTTL: realm.accessTokenLifespan,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt: (_context, token, parts) => {
          const clientId = token.clientId ?? '';
          const person = token.kind === 'AccessToken' ? token.accountId : undefined;
          const claims = accounts.claims(clientId, person);
          if (claims === undefined) throw new Error(`client ${clientId} has no account to speak for`);
          parts.header = { ...parts.header, typ: 'JWT' };
          Object.assign(parts.payload, {
            sub: claims.subject,
            aud: claims.audience,
            typ: 'Bearer',
            azp: clientId,
            acr: '1',
            ...claims.access,
            ...(token.kind === 'AccessToken' && token.sid !== undefined && { sid: token.sid }),
          });
        },
      },
    },
    ttl: {
      AccessToken: realm.accessTokenLifespan,
      ClientCredentials: realm.accessTokenLifespan,
      IdToken: realm.accessTokenLifespan,
      AuthorizationCode: realm.accessCodeLifespan,
      DeviceCode: realm.oauth2DeviceCodeLifespan,
      Interaction: 3600,
      // Ends at the latest so long after the sign-in, however often it is used; the adapter ends it when it is not.
      Session: (_context, session) => remaining(realm.ssoSessionMaxLifespan, session.loginTs),
      RefreshToken: realm.ssoSessionMaxLifespan,
      Grant: realm.ssoSessionMaxLifespan,
    },
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    // As Keycloak's revokeRefreshToken=false: two tabs that refresh at once do not sign each other out.
    rotateRefreshToken: false,
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(SCOPES);
      grant.addResourceScope(issuer, SCOPES);
      await grant.save();
      return grant;
    },
    interactions: { url: (_context, interaction) => pickerPath(interaction.uid) },
    renderError: (context, out) => {
      const texts = textsOf(context);
      context.type = 'html';
      context.body = page(texts, texts.failed, `<p>${escape(out.error_description ?? out.error)}</p>`);
    },
  };
}

/** Keycloak counts a session's greatest age from the sign-in; oidc-provider would count anew at every use. */
function remaining(lifespan: number, loginTs: number | undefined): number {
  if (loginTs === undefined) return lifespan;
  return Math.max(1, lifespan - (Math.floor(Date.now() / 1000) - loginTs));
}

function devicePages(): NonNullable<NonNullable<Configuration['features']>['deviceFlow']> {
  return {
    enabled: true,
    charset: 'base-20',
    mask: '****-****',
    userCodeInputSource: (context, form) => {
      const texts = textsOf(context);
      context.body = formPage(texts, texts.device, form, texts.allow);
    },
    userCodeConfirmSource: (context, form, _client, _device, code) => {
      const texts = textsOf(context);
      const shown = `<p><strong>${escape(code)}</strong></p>${form}`;
      context.body = formPage(texts, texts.allowDevice, shown, texts.allow);
    },
    successSource: (context) => {
      const texts = textsOf(context);
      context.body = page(texts, texts.done, '');
    },
  };
}

function textsOf(context: KoaContextWithOIDC): PageTexts {
  return pageTexts(context.get('accept-language'));
}

/**
 * How a workflow proves who it is to what it calls: basic, bearer, digest, OAuth 2.0, OpenID Connect. Every text may be a
 * runtime expression. `{use: name}` in a policy names a secret of `use.secrets` that holds the policy's properties.
 * OWS DSL 1.0.3, Authentication.
 */
export type AuthenticationPolicy =
  | { readonly basic: UserAndPassword | FromSecret }
  | { readonly bearer: { readonly token: string } | FromSecret }
  | { readonly digest: UserAndPassword | FromSecret }
  | {
      readonly oauth2: (OAuth2Properties & { readonly endpoints?: OAuth2Endpoints | undefined }) | FromSecret;
    }
  | { readonly oidc: OAuth2Properties | FromSecret };

export interface UserAndPassword {
  readonly username: string;
  readonly password: string;
}

/** The name of one of `use.secrets`. */
export interface FromSecret {
  readonly use: string;
}

export type OAuth2Grant =
  | 'authorization_code'
  | 'client_credentials'
  | 'password'
  | 'refresh_token'
  | 'urn:ietf:params:oauth:grant-type:token-exchange';

export type OAuth2ClientAuthentication =
  'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'private_key_jwt' | 'none';

export interface OAuth2Properties {
  /** The authorization server's address. */
  readonly authority: string;
  readonly grant: OAuth2Grant;
  readonly client?:
    | {
        readonly id?: string | undefined;
        readonly secret?: string | undefined;
        readonly assertion?: string | undefined;
        readonly authentication?: OAuth2ClientAuthentication | undefined;
      }
    | undefined;
  readonly request?:
    { readonly encoding?: 'application/x-www-form-urlencoded' | 'application/json' | undefined } | undefined;
  readonly issuers?: readonly string[] | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly audiences?: readonly string[] | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly subject?: OAuth2Token | undefined;
  readonly actor?: OAuth2Token | undefined;
}

/** Paths below the authority; `/oauth2/token` and its like unless told. */
export interface OAuth2Endpoints {
  readonly token?: string | undefined;
  readonly revocation?: string | undefined;
  readonly introspection?: string | undefined;
}

export interface OAuth2Token {
  readonly token: string;
  readonly type: string;
}

/**
 * oidc-provider's entry file prints a warning on Node 20, which this project supports and tests. The class behind it
 * is the same; the package declares no `exports`, and its version is pinned.
 */
declare module 'oidc-provider/lib/provider.js' {
  export { Provider } from 'oidc-provider';
}
declare module 'oidc-provider/lib/helpers/errors.js' {
  import type { errors } from 'oidc-provider';
  export const InvalidGrant: typeof errors.InvalidGrant;
}

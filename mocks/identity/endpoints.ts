import { DEFAULT_WORKSPACE, type WorkspaceId } from '../../contracts/ids.js';

export interface Endpoints {
  readonly issuer: string;
  readonly authorization: string;
  readonly token: string;
  readonly userinfo: string;
  readonly jwks: string;
  readonly registration: string;
}

export type EndpointsOf = (workspace: WorkspaceId) => Endpoints;

/** Where this block is reached from outside, per workspace. */
export function createEndpoints(publicUrl: string): EndpointsOf {
  const base = publicUrl.replace(/\/+$/, '');
  return (workspace) => {
    const issuer =
      workspace === DEFAULT_WORKSPACE ? `${base}/blocks/identity` : `${base}/w/${workspace}/blocks/identity`;
    return {
      issuer,
      authorization: `${issuer}/authorize`,
      token: `${issuer}/oauth/token`,
      userinfo: `${issuer}/oidc/userinfo`,
      jwks: `${issuer}/.well-known/jwks.json`,
      registration: `${issuer}/client-mgmt/oidc-client`,
    };
  };
}

import type { z } from 'zod';
import type { Json } from '../../../../contracts/json.js';
import type {
  AuthenticationPolicy,
  OAuth2Properties,
} from '../../../../contracts/workflow-authentication.js';
import { OutboundError } from '../outbound-error.js';
import type { Authenticator } from './authenticator.js';
import { basic, bearer } from './basic.js';
import { digest, type DigestDeps } from './digest.js';
import { oauth2, type OAuth2Deps } from './oauth2.js';
import { policySchemas } from './policy-schema.js';
import { expandUri } from '../uri-template.js';

/** Makes what proves who asks, from a policy. Raises `configuration` naming the member that is missing or wrong. */
export type Authenticators = (
  policy: AuthenticationPolicy | undefined,
  /** Authorities, issuers and endpoints are URI templates of the task's input. */
  call: { readonly workspace: string; readonly input: Json },
) => Authenticator | undefined;

export function createAuthenticators(deps: DigestDeps & Omit<OAuth2Deps, 'workspace'>): Authenticators {
  return (policy, { workspace, input }) => {
    if (policy === undefined) return undefined;
    if ('basic' in policy) return basic(parsed(policySchemas.basic, policy).basic);
    if ('bearer' in policy) return bearer(parsed(policySchemas.bearer, policy).bearer);
    if ('digest' in policy) return digest(parsed(policySchemas.digest, policy).digest, deps);
    const withWorkspace = { ...deps, workspace };
    if ('oauth2' in policy) {
      const { oauth2: properties } = parsed(policySchemas.oauth2, policy);
      const token = properties.endpoints?.token;
      const endpoints = token === undefined ? {} : { endpoints: { token: expandUri(token, input) } };
      return oauth2(
        { kind: 'oauth2', properties: { ...expanded(properties, input), ...endpoints } },
        withWorkspace,
      );
    }
    const properties = expanded(parsed(policySchemas.oidc, policy).oidc, input);
    return oauth2({ kind: 'oidc', properties }, withWorkspace);
  };
}

function expanded<T extends OAuth2Properties>(properties: T, input: Json): T {
  return {
    ...properties,
    authority: expandUri(properties.authority, input),
    ...(properties.issuers === undefined
      ? {}
      : { issuers: properties.issuers.map((issuer) => expandUri(issuer, input)) }),
  };
}

function parsed<S extends z.ZodType>(schema: S, policy: AuthenticationPolicy): z.output<S> {
  const result = schema.safeParse(policy);
  if (result.success) return result.data;
  // Paths and rules only: what was given may be secret.
  const detail = result.error.issues.map(({ path, message }) => `${path.map(String).join('.')} ${message}`);
  throw new OutboundError('configuration', `The authentication policy: ${detail.join('; ')}.`);
}

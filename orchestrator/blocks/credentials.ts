import type { WorkspaceId } from '../../contracts/ids.js';
import type { Json } from '../../contracts/json.js';
import type { Secrets } from '../../contracts/secrets.js';
import type { AuthenticationPolicy } from '../../contracts/workflow-authentication.js';
import type { RealBinding } from './binding.js';
import { OutboundError } from './outbound/outbound-error.js';

/** What a binding names by reference, with its values: kept for one call and shown to nobody. */
export interface Credentials {
  readonly policy: AuthenticationPolicy | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsMaterial | undefined;
}

export interface TlsMaterial {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized?: false;
}

/** Names of all secrets that a binding refers to. */
function secretsIn({ auth, secretHeaders = {}, tls = {} }: RealBinding): readonly string[] {
  const { ca, certificate, key } = tls;
  const names = [auth?.secret, ...Object.values(secretHeaders), ca, certificate, key];
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Raises `configuration` naming the secret that is missing or of the wrong form; values are never told. */
export async function resolveCredentials(
  secrets: Pick<Secrets, 'resolve'>,
  workspace: WorkspaceId,
  binding: RealBinding,
): Promise<Credentials> {
  const names = secretsIn(binding);
  const values = names.length === 0 ? {} : await secrets.resolve(workspace, names);
  const valueOf = (name: string): Json => {
    const value = values[name];
    if (value === undefined)
      throw new OutboundError('configuration', `The secret ${name}, which the binding names, is not stored.`);
    return value;
  };
  const textOf = (name: string): string => {
    const value = valueOf(name);
    if (typeof value === 'string') return value;
    throw new OutboundError('configuration', `The secret ${name} must be a text.`);
  };
  const { auth, secretHeaders = {}, tls } = binding;
  return {
    policy: auth === undefined ? undefined : policyOf(auth.scheme, valueOf(auth.secret)),
    headers: Object.fromEntries(
      Object.entries(secretHeaders).map(([header, name]) => [header, headerText(name, textOf(name))]),
    ),
    tls:
      tls === undefined
        ? undefined
        : {
            ...(tls.ca === undefined ? {} : { ca: textOf(tls.ca) }),
            ...(tls.certificate === undefined ? {} : { cert: textOf(tls.certificate) }),
            ...(tls.key === undefined ? {} : { key: textOf(tls.key) }),
            ...(tls.insecurelyAcceptAnyCertificate === true ? { rejectUnauthorized: false } : {}),
          },
  };
}

/** A bearer token may be stored as it is; everything else as the properties that a workflow's policy has. */
function policyOf(scheme: 'basic' | 'bearer' | 'oauth2', value: Json): AuthenticationPolicy {
  const properties = scheme === 'bearer' && typeof value === 'string' ? { token: value } : value;
  // The authenticators check it member by member, and say which one is wrong.
  return { [scheme]: properties } as unknown as AuthenticationPolicy;
}

function headerText(name: string, value: string): string {
  if (/^[\t\x20-\x7e]*$/.test(value)) return value;
  throw new OutboundError(
    'configuration',
    `The secret ${name} cannot be a header: it is not printable ASCII.`,
  );
}

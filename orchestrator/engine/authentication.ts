import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import type { AuthenticationPolicy } from '../../contracts/workflow-authentication.js';
import type { CallTask } from '../../contracts/workflow.js';
import { instanceOf } from './data-flow.js';
import type { Interpreter, Locals, TaskPlace } from './interpreter.js';
import { secretNamed } from './secrets.js';
import { resolveAt } from './variables.js';
import { standardError } from './workflow-error.js';

/** A call's `with`, and apart from it what authenticates: that must not be journaled. */
export interface CallTemplate {
  readonly with: JsonObject;
  readonly authentication: Json | undefined;
  readonly documentAuthentication: Json | undefined;
}

const templates = new WeakMap<CallTask, CallTemplate>();

/** Only protocols authenticate; to a function, `authentication` is an argument like any other. */
export function templateOf(task: CallTask): CallTemplate {
  const known = templates.get(task);
  if (known !== undefined) return known;
  const fresh = split(task);
  templates.set(task, fresh);
  return fresh;
}

function split({ call, with: all = {} }: CallTask): CallTemplate {
  if (call !== 'http' && call !== 'openapi')
    return { with: all, authentication: undefined, documentAuthentication: undefined };
  const { authentication, ...plain } = all;
  const endpoint = apart(plain['endpoint']);
  const document = isJsonObject(plain['document']) ? plain['document'] : undefined;
  const documentEndpoint = apart(document?.['endpoint']);
  return {
    with: {
      ...plain,
      ...('endpoint' in plain ? { endpoint: endpoint.rest } : {}),
      ...(document === undefined
        ? {}
        : {
            document: { ...document, ...('endpoint' in document ? { endpoint: documentEndpoint.rest } : {}) },
          }),
    },
    authentication: endpoint.authentication ?? authentication,
    documentAuthentication: documentEndpoint.authentication,
  };
}

function apart(endpoint: Json | undefined): { rest: Json | undefined; authentication: Json | undefined } {
  if (!isJsonObject(endpoint)) return { rest: endpoint, authentication: undefined };
  const { authentication, ...rest } = endpoint;
  return { rest, authentication };
}

/**
 * A policy as it is to be used: `{use: name}` replaced by that of `use.authentications`, expressions by their values,
 * `{basic: {use: secret}}` by what the secret holds. OWS DSL 1.0.3, Authentication.
 */
export function authenticationOf(
  it: Interpreter,
  place: TaskPlace,
  template: Json | undefined,
  input: Json,
  variables: (template: Json) => Locals,
): AuthenticationPolicy | undefined {
  if (template === undefined || template === null) return undefined;
  const policy = policyNamed(it, place, template);
  const used: Record<string, Json> = {};
  for (const [scheme, properties] of Object.entries(policy)) {
    if (properties === undefined) continue;
    const from = isJsonObject(properties) ? properties['use'] : undefined;
    const value =
      typeof from === 'string'
        ? secretNamed(it, place, from)
        : resolveAt(it, place, properties, input, variables(properties), false);
    used[scheme] = scheme === 'bearer' && typeof value === 'string' ? { token: value } : value;
  }
  return used as unknown as AuthenticationPolicy;
}

function policyNamed(it: Interpreter, place: TaskPlace, template: Json): JsonObject {
  const name = isJsonObject(template) ? template['use'] : undefined;
  const policy = typeof name === 'string' ? it.document.use?.authentications?.[name] : template;
  if (!isJsonObject(policy)) {
    throw standardError(
      'configuration',
      instanceOf(place),
      typeof name === 'string'
        ? `There is no authentication named "${name}" under use.authentications.`
        : 'An authentication must be a policy, or name one of use.authentications.',
    );
  }
  return policy;
}

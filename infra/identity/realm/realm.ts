import { z } from 'zod';

/**
 * The part of a Keycloak 26 realm representation that the sandbox uses. Everything else in the file passes through
 * untouched: Keycloak reads it, the embedded provider does not need it.
 */
const mapperSchema = z.looseObject({
  name: z.string(),
  protocolMapper: z.string(),
  config: z.record(z.string(), z.string()),
});

const clientSchema = z.looseObject({
  clientId: z.string().min(1),
  publicClient: z.boolean(),
  secret: z.string().min(1).optional(),
  standardFlowEnabled: z.boolean(),
  directAccessGrantsEnabled: z.boolean(),
  serviceAccountsEnabled: z.boolean(),
  redirectUris: z.array(z.string()),
  attributes: z.record(z.string(), z.string()),
  protocolMappers: z.array(mapperSchema),
});

/** An upstream identity provider (a "broker" entry); `enabled` comes from the environment, so it is a text. */
const identityProviderSchema = z.looseObject({
  alias: z.string(),
  displayName: z.string(),
  enabled: z.union([z.boolean(), z.string()]),
  config: z.record(z.string(), z.string()),
});

const userSchema = z.looseObject({
  id: z.string().optional(),
  username: z.string().min(1),
  enabled: z.boolean(),
  firstName: z.string().optional(),
  serviceAccountClientId: z.string().optional(),
  realmRoles: z.array(z.string()),
  attributes: z.record(z.string(), z.array(z.string())).optional(),
  credentials: z
    .array(z.looseObject({ type: z.literal('password'), value: z.string(), temporary: z.boolean() }))
    .optional(),
  federatedIdentities: z
    .array(z.looseObject({ identityProvider: z.string(), userId: z.string(), userName: z.string() }))
    .optional(),
});

export const realmSchema = z.looseObject({
  realm: z.string().regex(/^[a-z][a-z0-9-]*$/),
  displayName: z.string(),
  accessTokenLifespan: z.int().positive(),
  accessCodeLifespan: z.int().positive(),
  ssoSessionIdleTimeout: z.int().positive(),
  ssoSessionMaxLifespan: z.int().positive(),
  oauth2DeviceCodeLifespan: z.int().positive(),
  oauth2DevicePollingInterval: z.int().positive(),
  bruteForceProtected: z.boolean(),
  failureFactor: z.int().positive(),
  waitIncrementSeconds: z.int().nonnegative(),
  maxFailureWaitSeconds: z.int().nonnegative(),
  maxDeltaTimeSeconds: z.int().positive(),
  quickLoginCheckMilliSeconds: z.int().nonnegative(),
  minimumQuickLoginWaitSeconds: z.int().nonnegative(),
  roles: z.looseObject({ realm: z.array(z.looseObject({ name: z.string(), description: z.string() })) }),
  clients: z.array(clientSchema).min(1),
  users: z.array(userSchema),
  identityProviders: z.array(identityProviderSchema).default([]),
});

export type RealmRepresentation = z.infer<typeof realmSchema>;
export type RealmClient = z.infer<typeof clientSchema>;
export type RealmIdentityProvider = z.infer<typeof identityProviderSchema>;
export type RealmUser = z.infer<typeof userSchema>;

import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { defaultLimits, limitVariables, type Limits } from '../contracts/limits.js';
import { SandboxError } from '../contracts/problems.js';
import { parseSmtpUrl, type SmtpAddress } from '../infra/smtp/smtp-address.js';
import { addDuration } from '../orchestrator/engine/index.js';
import { parseHostPattern, type HostPattern } from '../orchestrator/blocks/outbound/egress/host-patterns.js';
import { ratesFor, usualRates, type Rates } from './front-door/rate-limits.js';
import type { RetentionPolicy } from '../orchestrator/runtime/retention.js';

/** Everything that the environment and the command line decide. Each part switches profile by its own variable. */
export interface SandboxConfig {
  readonly port: number;
  readonly host: string;
  /** Origin at which people reach the sandbox: issuer, links and callbacks come from it. */
  readonly publicUrl: string;
  /** Said out loud by whoever starts it: others on this network may reach it and be anybody. */
  readonly share: boolean;
  /** Addresses and subnets whose X-Forwarded-* headers are believed, `loopback` always among them. */
  readonly trustProxy: readonly string[];
  readonly dataDir: string;
  /** Between two checkpoints of the data folder, against power cuts; 0: none. */
  readonly checkpointEveryMs: number;
  readonly redisUrl?: string;
  readonly mongodbUri?: string;
  readonly keycloakUrl?: string;
  readonly keycloakConnect: boolean;
  readonly logLevel: string;
  /** Opens `/metrics` to whoever brings it; without it only this machine may read them. */
  readonly metricsToken?: string;
  /** How long steps in hand and open requests are waited for when the process is told to stop. */
  readonly drainMs: number;
  /** Runs that one process advances at the same time. */
  readonly concurrency: number;
  /** Where calls that leave the sandbox may go: nowhere unless told. */
  readonly outboundHosts: readonly HostPattern[];
  readonly outboundTimeoutMs: number;
  /** The mail server of the messaging block; without it e-mail stays in the sandbox. */
  readonly smtp?: SmtpAddress;
  /** Sender of that mail. */
  readonly smtpFrom: string;
  /** Recipients beyond the reserved ones: addresses, numbers, `@domain`. */
  readonly messageAllow: readonly string[];
  /** 32 bytes that encrypt the workspaces' secrets; kept beside the data when absent. */
  readonly secretsKey?: Buffer;
  readonly limits: Limits;
  /** Requests to building blocks that are remembered per workspace; 0: none. */
  readonly keepRequests: number;
  readonly retention: RetentionPolicy;
  /** Requests within a minute; none: no limits. */
  readonly rates?: Rates;
  /** How the processes of an installation reach the one that answers HTTP: for `sandbox worker`. */
  readonly serverUrl: string;
  /** Where `sandbox blocks` answers; absent: the building blocks run in this process. */
  readonly blocksUrl?: string;
  /** How this process reaches Keycloak, where that is not the address that browsers see. */
  readonly keycloakInternalUrl?: string;
}

const url = z.url({ error: 'must be a URL' });
/** Everything is below it: sign-in, cookies and links know no path before their own. */
const publicOrigin = z.url({ error: 'must be a URL' }).transform((text, context): string => {
  const { protocol, origin, pathname, search, hash } = new URL(text);
  if (/^https?:$/.test(protocol) && pathname === '/' && search === '' && hash === '') return origin;
  context.addIssue({
    code: 'custom',
    message: 'must be an origin without a path, such as https://sandbox.example',
  });
  return z.NEVER;
});
const proxyAddresses = z.string().transform((text, context): readonly string[] =>
  text.split(',').flatMap((part) => {
    const address = part.trim();
    if (address === '') return [];
    const [host = '', bits] = address.split('/');
    const most = isIP(host) === 4 ? 32 : 128;
    const subnet =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
    if (['loopback', 'linklocal', 'uniquelocal'].includes(address) || (isIP(host) !== 0 && subnet))
      return [address];
    context.addIssue({
      code: 'custom',
      message: `"${address}" is neither an address, a subnet such as 10.0.0.0/8, nor uniquelocal`,
    });
    return [];
  }),
);
const hostPatterns = z.string().transform((text, context): readonly HostPattern[] =>
  text.split(',').flatMap((part) => {
    if (part.trim() === '') return [];
    const pattern = parseHostPattern(part);
    if (pattern !== undefined) return [pattern];
    context.addIssue({
      code: 'custom',
      message: `"${part.trim()}" is no host; write host, host:port, *.domain or *, separated by commas`,
    });
    return [];
  }),
);
const encryptionKey = z.string().transform((text, context): Buffer => {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length !== 32)
    context.addIssue({ code: 'custom', message: 'must be 32 bytes, in base64 or hexadecimal' });
  return key;
});
const smtpAddress = z.string().transform((text, context): SmtpAddress => {
  const address = parseSmtpUrl(text);
  if (address !== undefined) return address;
  // Not the text itself: it may hold a password.
  context.addIssue({ code: 'custom', message: 'must be smtp://host:port or smtps://host:port' });
  return z.NEVER;
});
const wholeNumber = z.coerce.number({ error: 'must be a number' }).int().min(1);
const logLevel = z.enum(['debug', 'info', 'warn', 'error', 'silent']);
const environment = z.object({
  PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65535).default(4000),
  HOST: z.string().optional(),
  PUBLIC_URL: publicOrigin.optional(),
  SANDBOX_TRUST_PROXY: proxyAddresses.default([]),
  SANDBOX_DATA: z.string().min(1).optional(),
  SANDBOX_CHECKPOINT_EVERY: z.coerce
    .number({ error: 'must be a number of seconds; 0 takes no checkpoints' })
    .min(0)
    .max(3600)
    .default(30),
  REDIS_URL: url.optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb://')
    .optional(),
  KEYCLOAK_URL: url.optional(),
  GUARD: z.enum(['keycloak-connect', 'jose']).optional(),
  LOG_LEVEL: logLevel.default('warn'),
  SANDBOX_LOG_LEVEL: logLevel.optional(),
  SANDBOX_METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  SANDBOX_DRAIN_SECONDS: z.coerce
    .number({ error: 'must be a number of seconds' })
    .min(0)
    .max(600)
    .default(20),
  CONCURRENCY: z.coerce.number().int().min(1).max(500).default(32),
  SANDBOX_OUTBOUND_HOSTS: hostPatterns.default([]),
  SANDBOX_OUTBOUND_TIMEOUT: z.coerce
    .number({ error: 'must be a number of seconds' })
    .min(0.1)
    .max(3600)
    .default(30),
  SANDBOX_SMTP_URL: smtpAddress.optional(),
  SANDBOX_SMTP_FROM: z
    .email({ error: 'must be an e-mail address' })
    .default('training@govstack-sandbox.invalid'),
  SANDBOX_MESSAGE_ALLOW: z.string().default(''),
  SANDBOX_SECRETS_KEY: encryptionKey.optional(),
  ...Object.fromEntries(Object.values(limitVariables).map((name) => [name, wholeNumber.optional()])),
  SANDBOX_KEEP_REQUESTS: z.coerce
    .number({ error: 'must be a number; 0 keeps none' })
    .int()
    .min(0)
    .max(1_000_000)
    .default(10_000),
  SANDBOX_KEEP_RUNS: wholeNumber.optional(),
  SANDBOX_KEEP_RUNS_FOR: z
    .string()
    .refine(
      (text) => addDuration(new Date(0), text) !== undefined,
      'must be an ISO 8601 duration, such as P30D',
    )
    .optional(),
  SANDBOX_SERVER_URL: url.optional(),
  SANDBOX_RATE_LIMIT: z
    .union([z.literal('off'), wholeNumber], { error: 'must be off or a number' })
    .optional(),
  SANDBOX_BLOCKS_URL: url.optional(),
  KEYCLOAK_INTERNAL_URL: url.optional(),
});

/** Names of all variables that the configuration is read from. */
export const configVariables: readonly string[] = Object.keys(environment.shape);

export interface ConfigOverrides {
  readonly port?: number | undefined;
  readonly dataDir?: string | undefined;
  readonly host?: string | undefined;
  /** The address of this machine under which others reach it: it is opened to them. */
  readonly share?: string | undefined;
}

/** Reads the configuration; GSB-CFG-001 naming each variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv, overrides: ConfigOverrides = {}): SandboxConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const detail = parsed.error.issues
      .map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
      .join('; ');
    throw new SandboxError('GSB-CFG-001', { detail });
  }
  const { data } = parsed;
  const port = overrides.port ?? data.PORT;
  return {
    port,
    host: overrides.host ?? data.HOST ?? (overrides.share === undefined ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: data.PUBLIC_URL ?? `http://${overrides.share ?? 'localhost'}:${port}`,
    share: overrides.share !== undefined,
    trustProxy: ['loopback', ...data.SANDBOX_TRUST_PROXY],
    dataDir: resolve(overrides.dataDir ?? data.SANDBOX_DATA ?? defaultDataDir()),
    checkpointEveryMs: data.SANDBOX_CHECKPOINT_EVERY * 1000,
    ...(data.REDIS_URL === undefined ? {} : { redisUrl: data.REDIS_URL }),
    ...(data.MONGODB_URI === undefined ? {} : { mongodbUri: data.MONGODB_URI }),
    ...(data.KEYCLOAK_URL === undefined ? {} : { keycloakUrl: data.KEYCLOAK_URL.replace(/\/+$/, '') }),
    keycloakConnect:
      (data.GUARD ?? (data.KEYCLOAK_URL === undefined ? 'jose' : 'keycloak-connect')) === 'keycloak-connect',
    logLevel: data.SANDBOX_LOG_LEVEL ?? data.LOG_LEVEL,
    ...(data.SANDBOX_METRICS_TOKEN === undefined ? {} : { metricsToken: data.SANDBOX_METRICS_TOKEN }),
    drainMs: data.SANDBOX_DRAIN_SECONDS * 1000,
    concurrency: data.CONCURRENCY,
    outboundHosts: data.SANDBOX_OUTBOUND_HOSTS,
    outboundTimeoutMs: data.SANDBOX_OUTBOUND_TIMEOUT * 1000,
    ...(data.SANDBOX_SMTP_URL === undefined ? {} : { smtp: data.SANDBOX_SMTP_URL }),
    smtpFrom: data.SANDBOX_SMTP_FROM,
    messageAllow: data.SANDBOX_MESSAGE_ALLOW.split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
    ...(data.SANDBOX_SECRETS_KEY === undefined ? {} : { secretsKey: data.SANDBOX_SECRETS_KEY }),
    limits: readLimits(data),
    keepRequests: data.SANDBOX_KEEP_REQUESTS,
    retention: {
      ...(data.SANDBOX_KEEP_RUNS === undefined ? {} : { most: data.SANDBOX_KEEP_RUNS }),
      ...(data.SANDBOX_KEEP_RUNS_FOR === undefined ? {} : { longest: data.SANDBOX_KEEP_RUNS_FOR }),
    },
    ...(data.SANDBOX_RATE_LIMIT === 'off'
      ? {}
      : { rates: data.SANDBOX_RATE_LIMIT === undefined ? usualRates : ratesFor(data.SANDBOX_RATE_LIMIT) }),
    ...(data.SANDBOX_BLOCKS_URL === undefined
      ? {}
      : { blocksUrl: data.SANDBOX_BLOCKS_URL.replace(/\/+$/, '') }),
    ...(data.KEYCLOAK_INTERNAL_URL === undefined
      ? {}
      : { keycloakInternalUrl: data.KEYCLOAK_INTERNAL_URL.replace(/\/+$/, '') }),
    serverUrl: (data.SANDBOX_SERVER_URL ?? data.PUBLIC_URL ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
  };
}

function readLimits(data: Readonly<Record<string, unknown>>): Limits {
  const given = Object.entries(limitVariables).flatMap(([limit, name]) =>
    typeof data[name] === 'number' ? [[limit, data[name]] as const] : [],
  );
  return { ...defaultLimits, ...Object.fromEntries(given) };
}

function defaultDataDir(): string {
  return join(homedir(), '.govstack-sandbox');
}

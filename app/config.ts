import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { defaultLimits, limitVariables, type Limits } from '../contracts/limits.js';
import { SandboxError } from '../contracts/problems.js';
import { parseSmtpUrl, type SmtpAddress } from '../infra/smtp/smtp-address.js';
import { addDuration } from '../orchestrator/engine/index.js';
import { parseHostPattern, type HostPattern } from '../orchestrator/blocks/outbound/egress/host-patterns.js';
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
  readonly redisUrl?: string;
  readonly mongodbUri?: string;
  readonly keycloakUrl?: string;
  readonly keycloakConnect: boolean;
  readonly logLevel: string;
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
  /** How the processes of an installation reach the one that answers HTTP: for `sandbox worker`. */
  readonly serverUrl: string;
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
const environment = z.object({
  PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65535).default(4000),
  HOST: z.string().optional(),
  PUBLIC_URL: publicOrigin.optional(),
  SANDBOX_TRUST_PROXY: proxyAddresses.default([]),
  SANDBOX_DATA: z.string().min(1).optional(),
  REDIS_URL: url.optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb://')
    .optional(),
  KEYCLOAK_URL: url.optional(),
  GUARD: z.enum(['keycloak-connect', 'jose']).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
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
});

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
    ...(data.REDIS_URL === undefined ? {} : { redisUrl: data.REDIS_URL }),
    ...(data.MONGODB_URI === undefined ? {} : { mongodbUri: data.MONGODB_URI }),
    ...(data.KEYCLOAK_URL === undefined ? {} : { keycloakUrl: data.KEYCLOAK_URL.replace(/\/+$/, '') }),
    keycloakConnect:
      (data.GUARD ?? (data.KEYCLOAK_URL === undefined ? 'jose' : 'keycloak-connect')) === 'keycloak-connect',
    logLevel: data.LOG_LEVEL,
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

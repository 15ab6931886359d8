import { good, isAtLeast, problem, warning, type Finding } from './finding.js';

/** Of a Redis: see infra/redis/server-facts.ts. `unknown` where the server does not tell. */
export interface RedisFacts {
  readonly version: string;
  readonly appendfsync: string;
  readonly maxmemoryPolicy: string;
  /** How far its clock is ahead of ours, in milliseconds. */
  readonly skewMs: number;
}

export interface MongoFacts {
  readonly version: string;
  /** Name of its replica set. */
  readonly replicaSet: string | undefined;
  readonly skewMs: number | undefined;
}

/** BullMQ asks for 6.2 where jobs must be exact. */
const LEAST_REDIS = '6.2';
const LEAST_MONGO = '4.4';
/** Timers, locks and tokens bear less than this. */
const MOST_SKEW_MS = 2_000;

const REDIS = 'Redis (queue, journal)';
const MONGO = 'MongoDB (documents)';

export function judgeRedis(facts: RedisFacts): readonly Finding[] {
  const { version, appendfsync, maxmemoryPolicy } = facts;
  const findings: Finding[] = [];
  if (!isAtLeast(version, LEAST_REDIS))
    findings.push(problem(REDIS, `${version} is too old`, `Install Redis ${LEAST_REDIS} or later.`));
  if (appendfsync === 'unknown')
    findings.push(
      warning(
        REDIS,
        'it does not say how it writes to disk',
        'Make sure that it writes each append: appendfsync always.',
      ),
    );
  else if (appendfsync !== 'always')
    findings.push(
      problem(
        REDIS,
        `it may forget what it acknowledged: appendfsync is ${appendfsync}`,
        'Start it with --appendonly yes --appendfsync always.',
      ),
    );
  if (maxmemoryPolicy !== 'noeviction' && maxmemoryPolicy !== 'unknown')
    findings.push(
      problem(
        REDIS,
        `it throws entries out when memory is short: maxmemory-policy is ${maxmemoryPolicy}`,
        'Start it with --maxmemory-policy noeviction.',
      ),
    );
  findings.push(...judgeSkew(REDIS, facts.skewMs));
  return findings.length > 0 ? findings : [good(REDIS, `${version}, appendfsync always, noeviction`)];
}

export function judgeMongo({ version, replicaSet, skewMs }: MongoFacts): readonly Finding[] {
  const findings: Finding[] = [];
  if (!isAtLeast(version, LEAST_MONGO))
    findings.push(problem(MONGO, `${version} is too old`, `Install MongoDB ${LEAST_MONGO} or later.`));
  if (replicaSet === undefined)
    findings.push(
      warning(
        MONGO,
        `${version}, no replica set: when its machine is lost, so is what it holds`,
        'Start it with --replSet, and initiate the set; fine for trying out.',
      ),
    );
  findings.push(...judgeSkew(MONGO, skewMs ?? 0));
  return findings.length > 0 ? findings : [good(MONGO, `${version}, replica set ${replicaSet ?? ''}`)];
}

function judgeSkew(what: string, skewMs: number): readonly Finding[] {
  if (Math.abs(skewMs) <= MOST_SKEW_MS) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return [
    warning(
      what,
      `its clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} that of this machine`,
      'Let both machines follow a time server (NTP).',
    ),
  ];
}

export interface KeycloakFacts {
  readonly url: string;
  readonly realm: 'there' | 'missing';
  /** As it names itself. */
  readonly issuer?: string;
  readonly expectedIssuer: string;
  readonly skewMs: number;
  /** Audiences of a token of the runtime's client; `refused` when it gave none. */
  readonly audience: readonly string[] | 'refused' | undefined;
}

const KEYCLOAK = 'Keycloak (identity)';

export function judgeKeycloak(facts: KeycloakFacts, wantedAudience: string): readonly Finding[] {
  const { url, realm, issuer, expectedIssuer, audience } = facts;
  if (realm === 'missing')
    return [
      problem(
        KEYCLOAK,
        `there is no realm govstack at ${url}`,
        'Import it: docs/guides/run-on-services.md, section Keycloak.',
      ),
    ];
  const findings: Finding[] = [];
  if (issuer !== expectedIssuer)
    findings.push(
      problem(
        KEYCLOAK,
        `it calls itself ${issuer ?? 'nothing'}, and tokens would be refused: ${expectedIssuer} is configured`,
        'Set KEYCLOAK_URL to the address that browsers use, and hostname (KC_HOSTNAME) of Keycloak to the same; KEYCLOAK_INTERNAL_URL is how this machine reaches it.',
      ),
    );
  if (audience === 'refused')
    findings.push(
      warning(
        KEYCLOAK,
        'it gives the client sandbox-runtime no token, so the audience could not be checked',
        'Set SANDBOX_RUNTIME_SECRET to the secret that the realm was imported with.',
      ),
    );
  else if (audience !== undefined && !audience.includes(wantedAudience))
    findings.push(
      problem(
        KEYCLOAK,
        `its tokens are for ${audience.length === 0 ? 'nobody' : audience.join(', ')}, not for ${wantedAudience}`,
        `Import the realm anew, or give its clients an audience mapper for ${wantedAudience}.`,
      ),
    );
  findings.push(...judgeSkew(KEYCLOAK, facts.skewMs));
  return findings.length > 0 ? findings : [good(KEYCLOAK, `realm govstack at ${url}`)];
}

import { createHash } from 'node:crypto';
import type { UserAndPassword } from '../../../../contracts/workflow-authentication.js';
import type { HopRequest, HopResponse } from '../hop.js';
import { OutboundError, shown } from '../outbound-error.js';
import type { Authenticator, Authorization } from './authenticator.js';
import { parseChallenges, type Challenge } from './challenge.js';

/** What a server said, and how often its nonce was used. Kept between calls, so that most need no second request. */
interface DigestSession {
  readonly challenge: Challenge['parameters'];
  readonly algorithm: string;
  /** Of `-sess`: the first one stays, because the session's key is made of it. */
  readonly cnonce: string;
  count: number;
}

/** The sessions of this process. Handed in, so that all calls share them. */
export type DigestSessions = Map<string, DigestSession>;

export interface DigestDeps {
  readonly sessions: DigestSessions;
  /** Some bytes nobody can guess, as text. */
  readonly nonce: () => string;
}

const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-256': 'sha256',
  'SHA-512-256': 'sha512-256',
};
/** Strongest first. */
const PREFERENCE = ['SHA-512-256', 'SHA-256', 'MD5'];
const MOST_SESSIONS = 500;

/**
 * RFC 7616 (and 2069 for servers that send no `qop`): MD5, SHA-256, SHA-512-256, each also as `-sess`; `qop=auth`.
 * Raises `authentication` when the server asks for something else.
 */
export function digest(user: UserAndPassword, { sessions, nonce }: DigestDeps): Authenticator {
  const keyOf = ({ url }: HopRequest): string =>
    `${url.origin} ${hashed('sha256', `${user.username}:${user.password}`)}`;
  const answer = (request: HopRequest, session: DigestSession): Authorization => {
    session.count += 1;
    return { scheme: 'Digest', parameter: respond(user, request, session, cnonceOf(session)) };
  };
  const cnonceOf = ({ algorithm, cnonce }: DigestSession): string =>
    algorithm.endsWith('-SESS') ? cnonce : nonce();
  return {
    name: 'user name and password',
    authorize: (request) => {
      const session = sessions.get(keyOf(request));
      return Promise.resolve(session === undefined ? undefined : answer(request, session));
    },
    reauthorize: (request, { authorization, response }) => {
      const session = { ...challengeIn(request, response), cnonce: nonce(), count: 0 };
      // The same answer to a fresh nonce would be refused again, unless the old nonce was merely used up.
      const known = sessions.get(keyOf(request));
      if (
        authorization !== undefined &&
        session.challenge['stale']?.toLowerCase() !== 'true' &&
        known?.challenge['nonce'] === session.challenge['nonce']
      )
        return Promise.resolve(undefined);
      if (sessions.size >= MOST_SESSIONS) sessions.delete(sessions.keys().next().value ?? '');
      sessions.set(keyOf(request), session);
      return Promise.resolve(answer(request, session));
    },
  };
}

function challengeIn(
  { url }: HopRequest,
  response: HopResponse,
): Pick<DigestSession, 'challenge' | 'algorithm'> {
  const offered = parseChallenges(response.headers['www-authenticate'] ?? '').filter(
    ({ scheme, parameters }) => scheme.toLowerCase() === 'digest' && parameters['nonce'] !== undefined,
  );
  if (offered.length === 0)
    throw new OutboundError('authentication', `${shown(url)} does not ask for digest authentication.`);
  const usable = offered
    .map(({ parameters }) => ({ parameters, algorithm: (parameters['algorithm'] ?? 'MD5').toUpperCase() }))
    .filter(({ parameters, algorithm }) => rank(algorithm) >= 0 && (qopOf(parameters) ?? 'auth') === 'auth')
    .sort((one, other) => rank(one.algorithm) - rank(other.algorithm))[0];
  if (usable === undefined)
    throw new OutboundError(
      'authentication',
      `${shown(url)} asks for a kind of digest authentication that this sandbox does not know (${offered
        .map(({ parameters }) => `${parameters['algorithm'] ?? 'MD5'}, qop ${parameters['qop'] ?? 'none'}`)
        .join('; ')
        .slice(0, 200)}).`,
    );
  return { challenge: usable.parameters, algorithm: usable.algorithm };
}

function rank(algorithm: string): number {
  return PREFERENCE.indexOf(algorithm.replace(/-SESS$/, ''));
}

/** `auth` when it is offered, undefined for RFC 2069; another one cannot be answered. */
function qopOf(challenge: Challenge['parameters']): string | undefined {
  if (challenge['qop'] === undefined) return undefined;
  const offered = challenge['qop'].split(',').map((one) => one.trim().toLowerCase());
  return offered.includes('auth') ? 'auth' : offered[0];
}

function respond(user: UserAndPassword, request: HopRequest, session: DigestSession, cnonce: string): string {
  const { challenge, algorithm, count } = session;
  const { realm = '', nonce = '', opaque } = challenge;
  const hash = (text: string): string => hashed(HASHES[algorithm.replace(/-SESS$/, '')] ?? 'md5', text);
  const qop = qopOf(challenge);
  const nc = count.toString(16).padStart(8, '0');
  const uri = `${request.url.pathname}${request.url.search}`;
  const secret = hash(`${user.username}:${realm}:${user.password}`);
  const ha1 = algorithm.endsWith('-SESS') ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const ha2 = hash(`${request.method}:${uri}`);
  const response = hash(
    qop === undefined ? `${ha1}:${nonce}:${ha2}` : `${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${ha2}`,
  );
  const userhash = challenge['userhash']?.toLowerCase() === 'true';
  const named = userhash ? hash(`${user.username}:${realm}`) : user.username;
  return [
    /^[ -~]*$/.test(named) ? `username=${quoted(named)}` : `username*=UTF-8''${encodeURIComponent(named)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    ...(challenge['algorithm'] === undefined ? [] : [`algorithm=${challenge['algorithm']}`]),
    `response="${response}"`,
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(qop === undefined ? [] : [`qop=${qop}`, `nc=${nc}`]),
    ...(qop === undefined && !algorithm.endsWith('-SESS') ? [] : [`cnonce="${cnonce}"`]),
    ...(userhash ? ['userhash=true'] : []),
  ].join(', ');
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function hashed(algorithm: string, text: string): string {
  return createHash(algorithm).update(text, 'utf8').digest('hex');
}

import { createHash } from 'node:crypto';
import { parseChallenges } from '../../../../orchestrator/blocks/outbound/authentication/challenge.js';
import { json, serve, type LocalServer } from './local-server.js';

export interface DigestServerOptions {
  readonly algorithm?: string;
  /** Null for RFC 2069. */
  readonly qop?: string | null;
  readonly userhash?: boolean;
  /** How often a nonce may be used. */
  readonly uses?: number;
  /** Challenges that come before the one that counts. */
  readonly others?: readonly string[];
}

export interface DigestServer extends LocalServer {
  /** What each accepted request was proved with. */
  readonly accepted: Readonly<Record<string, string>>[];
}

const USER = 'amina "the" élève';
export const USER_AND_PASSWORD = { username: USER, password: 'pass:wörd' };
const REALM = 'a "quoted" realm';

/** Verifies RFC 7616 from the other side, written from the specification: nonce counts included. */
export async function digestServer(options: DigestServerOptions = {}): Promise<DigestServer> {
  const { algorithm = 'SHA-256', qop = 'auth', userhash = false, uses = Infinity, others = [] } = options;
  const digest = algorithm.toUpperCase().startsWith('MD5') ? 'md5' : 'sha256';
  const h = (text: string): string => createHash(digest).update(text, 'utf8').digest('hex');
  const counts = new Map<string, number>();
  const accepted: Record<string, string>[] = [];
  let made = 0;
  const server = await serve(({ method, path, headers }, response) => {
    const challenge = (stale: boolean): void => {
      made += 1;
      const nonce = `nonce-${made}`;
      counts.set(nonce, 0);
      const parts = [
        `realm="${REALM.replaceAll('"', '\\"')}"`,
        `nonce="${nonce}"`,
        `algorithm=${algorithm}`,
        'opaque="o,p=q"',
        ...(qop === null ? [] : [`qop="${qop}"`]),
        ...(userhash ? ['userhash=true'] : []),
        ...(stale ? ['stale=TRUE'] : []),
      ];
      json(response, 401, {}, { 'www-authenticate': [...others, `Digest ${parts.join(', ')}`].join(', ') });
    };
    const given = parseChallenges(headers.authorization ?? '')[0]?.parameters;
    if (given === undefined) {
      challenge(false);
      return;
    }
    const { nonce = '', nc = '', cnonce = '', uri = '', opaque } = given;
    const before = counts.get(nonce);
    if (before === undefined) {
      challenge(true);
      return;
    }
    if (before >= uses) {
      challenge(true);
      return;
    }
    const name = given['username'] ?? decodeURIComponent((given['username*'] ?? '').replace(/^UTF-8''/, ''));
    const secret = h(`${USER}:${REALM}:${USER_AND_PASSWORD.password}`);
    const ha1 = algorithm.endsWith('-sess') ? h(`${secret}:${nonce}:${cnonce}`) : secret;
    const ha2 = h(`${method}:${path}`);
    const expected =
      qop === null ? h(`${ha1}:${nonce}:${ha2}`) : h(`${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}`);
    const right =
      given['response'] === expected &&
      uri === path &&
      opaque === 'o,p=q' &&
      given['realm'] === REALM &&
      name === (userhash ? h(`${USER}:${REALM}`) : USER) &&
      (qop === null || parseInt(nc, 16) === before + 1);
    if (!right) {
      challenge(false);
      return;
    }
    counts.set(nonce, before + 1);
    accepted.push({ ...given });
    json(response, 200, { ok: true });
  });
  return { ...server, accepted };
}

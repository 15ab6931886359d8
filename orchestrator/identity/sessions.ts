import type { Clock } from '../../contracts/clock.js';
import type { Collection, Document, DocumentStore } from '../../contracts/documents.js';
import { changeDocument } from '../../contracts/documents.js';
import type { Principal, TokenVerifier } from '../../contracts/identity.js';
import { SandboxError } from '../../contracts/problems.js';
import type { RandomToken } from './opaque.js';
import { digest } from './opaque.js';
import type { TokenGrant } from './token-endpoint.js';

/** A session lives this long after it was last used, unless the realm says otherwise (ssoSessionIdleTimeout). */
export const SESSION_SECONDS = 10 * 60 * 60;
/** Use is written down at most this often, so that reading pages does not write documents. */
const SLIDE_AFTER_SECONDS = 5 * 60;
/** Access tokens are renewed this long before they expire. */
const RENEW_BEFORE_SECONDS = 30;

/** Instants are milliseconds since 1970. The id is a digest: the cookie's value is stored nowhere. */
interface SessionDocument extends Document {
  readonly principal: Principal;
  /** Of the principal; indexed, so that all sessions of a person can be ended. */
  readonly subject: string;
  readonly csrfToken: string;
  readonly accessExpiresAt: number;
  readonly refreshToken: string | null;
  readonly idToken: string | null;
  readonly expiresAt: number;
}

export interface Session {
  readonly principal: Principal;
  readonly csrfToken: string;
  /** True when its life was just prolonged: the cookie has to be sent again. */
  readonly prolonged: boolean;
}

export interface Sessions {
  /** Starts a session from tokens of the provider; `id` is what goes into the cookie. */
  start(grant: TokenGrant): Promise<{ readonly id: string }>;
  /** The live session of that id, with its access token renewed when needed; undefined when it is over. */
  resolve(id: string): Promise<Session | undefined>;
  /** What the provider needs to end its session there; it goes on here. */
  atProvider(id: string): Promise<EndedSession | undefined>;
  /** Ends it here; returns what the provider needs to end it there. */
  end(id: string): Promise<EndedSession | undefined>;
  /** Ends every session of an account, in whatever browser. */
  endAllOf(subject: string): Promise<readonly EndedSession[]>;
}

export interface EndedSession {
  readonly idToken?: string;
  readonly refreshToken?: string;
}

export interface SessionsOptions {
  readonly documents: DocumentStore;
  readonly clock: Clock;
  readonly verifier: TokenVerifier;
  readonly random: RandomToken;
  /** Trades a refresh token for new tokens: GSB-AUT-001 when it is refused, GSB-CFG-007 when nobody answers. */
  readonly refresh: (refreshToken: string) => Promise<TokenGrant>;
  readonly lifeSeconds?: number;
}

export function createSessions(options: SessionsOptions): Sessions {
  const { documents, clock, verifier, random, refresh, lifeSeconds = SESSION_SECONDS } = options;
  const collection = documents.collection<SessionDocument>('identity-sessions', ['subject']);
  const now = (): number => clock.now().getTime();
  const renewals = new Map<string, Promise<SessionDocument | undefined>>();

  /** The provider ended the session, or it can no longer be renewed: it is over here, too. */
  async function renew(session: SessionDocument): Promise<SessionDocument | undefined> {
    try {
      if (session.refreshToken === null)
        throw new SandboxError('GSB-AUT-001', { detail: 'No refresh token.' });
      const grant = await refresh(session.refreshToken);
      const principal = await verifier.verify(grant.accessToken);
      if (principal.subject !== session.principal.subject) {
        throw new SandboxError('GSB-AUT-001', { detail: 'The renewed token is of another person.' });
      }
      return await changeDocument(collection, session._id, (doc) => ({
        ...doc,
        principal,
        accessExpiresAt: now() + grant.expiresIn * 1000,
        refreshToken: grant.refreshToken ?? doc.refreshToken,
        idToken: grant.idToken ?? doc.idToken,
      }));
    } catch (error) {
      if (!(error instanceof SandboxError) || error.code !== 'GSB-AUT-001') throw error;
      await collection.delete(session._id);
      return undefined;
    }
  }

  /** Requests of one page come together: they share one renewal. */
  function renewOnce(session: SessionDocument): Promise<SessionDocument | undefined> {
    const running = renewals.get(session._id);
    if (running !== undefined) return running;
    const started = renew(session).finally(() => renewals.delete(session._id));
    renewals.set(session._id, started);
    return started;
  }

  return {
    async start(grant) {
      const principal = await verifier.verify(grant.accessToken);
      await sweep(collection, now());
      const id = random();
      await collection.insert({
        _id: digest(id),
        principal,
        subject: principal.subject,
        csrfToken: random(),
        accessExpiresAt: now() + grant.expiresIn * 1000,
        refreshToken: grant.refreshToken ?? null,
        idToken: grant.idToken ?? null,
        expiresAt: now() + lifeSeconds * 1000,
      });
      return { id };
    },

    async resolve(id) {
      let session = (await collection.get(digest(id)))?.doc;
      if (session === undefined) return undefined;
      if (session.expiresAt <= now()) {
        await collection.delete(session._id);
        return undefined;
      }
      if (session.accessExpiresAt - RENEW_BEFORE_SECONDS * 1000 <= now()) session = await renewOnce(session);
      if (session === undefined) return undefined;
      const expiresAt = now() + lifeSeconds * 1000;
      const prolonged = expiresAt - session.expiresAt > SLIDE_AFTER_SECONDS * 1000;
      if (prolonged) await changeDocument(collection, session._id, (doc) => ({ ...doc, expiresAt }));
      return { principal: session.principal, csrfToken: session.csrfToken, prolonged };
    },

    async atProvider(id) {
      const session = (await collection.get(digest(id)))?.doc;
      return session === undefined ? undefined : ended(session);
    },

    async end(id) {
      const session = (await collection.get(digest(id)))?.doc;
      if (session === undefined) return undefined;
      await collection.delete(session._id);
      return ended(session);
    },

    async endAllOf(subject) {
      const found = await collection.find({ filter: { subject } });
      await Promise.all(found.map(({ doc }) => collection.delete(doc._id)));
      return found.map(({ doc }) => ended(doc));
    },
  };
}

function ended({ idToken, refreshToken }: SessionDocument): EndedSession {
  return {
    ...(idToken !== null && { idToken }),
    ...(refreshToken !== null && { refreshToken }),
  };
}

const PAGE = 500;

/** Sign-ins are rare: each one removes the sessions that ended unnoticed. */
async function sweep(collection: Collection<SessionDocument>, now: number): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const page = await collection.find({ limit: PAGE, ...(after !== undefined && { after }) });
    await Promise.all(
      page.filter(({ doc }) => doc.expiresAt <= now).map(({ doc }) => collection.delete(doc._id)),
    );
    after = page.at(-1)?.doc._id;
    if (page.length < PAGE) return;
  }
}
